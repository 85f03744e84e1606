// What a method beats
//
// Methods that papers claim to be worse than a method, each claim with its sentence.
//
// ? who does {method} beat
// ? what does {method} beat
// ? which methods does {method} outperform
// ? what is {method} better than
// ? which models are worse than {method}
// ? {method} is superior to which methods
// ? what did {method} win against
// ? what has been beaten by {method}
// ? which baselines does {method} surpass
// ? methods that lose to {method}
// ? over which methods does {method} improve
// ? which competitors has {method} left behind
// ? {method} wins against what
// ? {method} outperforms which models
// ? which methods are weaker than {method}
// ? what has {method} been shown to outperform
// ? list the methods {method} is better than
// ? {method} beats what
//
// > claims-from
//
// $method (method) = "BERT": name or id of the method
// $limit (integer) = 100: most rows to give
MATCH (m:Method) WHERE m.id = $method OR m.name = $method
MATCH (m)-[r:OUTPERFORMS]->(l:Method)
WITH m, l, count(r.paper) AS papers, max(r.confidence) AS best
WITH m, l, round(1 - (1 - best) * 5.0 / (papers + 4), 3) AS support
MATCH (m)-[r:OUTPERFORMS]->(l)
MATCH (p:Paper) WHERE p.id = r.paper
RETURN l.name AS worse, p.year AS year, r.confidence AS confidence, support, r.sentence AS sentence,
       p.title AS title, p.key AS key, p.id AS paper, l.id AS id
ORDER BY support DESC, worse, year, paper, id
LIMIT $limit
