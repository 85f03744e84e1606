// Which of two methods is better
//
// Every claim that one of two methods beats the other, or that they were compared, with the sentence; the best
// supported first.
//
// ? which is better {first} or {second}
// ? is {first} better than {second}
// ? does {first} beat {second}
// ? {first} or {second}
// ? {first} vs {second}
// ? does {first} outperform {second}
// ? who wins {first} or {second}
// ? is {first} worse than {second}
// ? has {first} been compared with {second}
// ? was {first} compared to {second}
// ? should i use {first} or {second}
// ? which of {first} and {second} is stronger
// ? between {first} and {second} which one comes out ahead
// ? would you choose {first} over {second}
// ? is {first} preferable to {second}
// ? {first} against {second}
// ? who comes out ahead {first} or {second}
// ? did anybody compare {first} and {second}
// ? does {second} lose to {first}
// ? is {first} superior to {second}
//
// $first (method) = "RoBERTa": name or id of a method
// $second (method) = "XLNet": name or id of the other
MATCH (a:Method)
WHERE a.id = $first OR a.name = $first OR a.id = $second OR a.name = $second
MATCH (a)-[r:OUTPERFORMS|COMPARED_WITH]->(b:Method)
WHERE ((a.id = $first OR a.name = $first) AND (b.id = $second OR b.name = $second))
   OR ((a.id = $second OR a.name = $second) AND (b.id = $first OR b.name = $first))
WITH a, b, type(r) AS claim, count(r.paper) AS papers, max(r.confidence) AS best
MATCH (a)-[s:OUTPERFORMS|COMPARED_WITH]->(b) WHERE type(s) = claim
MATCH (p:Paper) WHERE p.id = s.paper
RETURN a.name AS method, claim, b.name AS other, papers, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support,
       p.year AS year, s.confidence AS confidence, s.sentence AS sentence, p.title AS title, p.key AS key, p.id AS paper
ORDER BY claim DESC, support DESC, method, other, year, paper
