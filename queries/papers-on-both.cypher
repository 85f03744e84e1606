// Papers that mention both
//
// Papers that mention two concepts, the newest first, with how often they name each.
//
// ? papers that mention both {first} and {second}
// ? papers on {first} and {second}
// ? which papers talk about {first} and {second}
// ? papers about {first} with {second}
// ? literature on {first} together with {second}
// ? articles that discuss {first} as well as {second}
// ? where are {first} and {second} mentioned together
// ? which papers combine {first} and {second}
// ? papers using {first} on {second}
// ? articles combining {first} and {second}
// ? papers in which {first} and {second} occur
// ? papers with both {first} and {second}
// ? do any papers treat {first} and {second}
//
// $first (concept) = "BERT": name or id of a concept
// $second (concept) = "SQuAD": name or id of the other
// $limit (integer) = 100: largest number of rows
MATCH (a:Method|Task|Dataset|Metric) WHERE a.id = $first OR a.name = $first
MATCH (b:Method|Task|Dataset|Metric) WHERE b.id = $second OR b.name = $second
MATCH (p:Paper)-[r:MENTIONS]->(a)
MATCH (p)-[q:MENTIONS]->(b)
RETURN p.title AS title, p.year AS year, r.count AS mentions_first, q.count AS mentions_second,
       p.key AS key, p.id AS paper
ORDER BY coalesce(year, 0) DESC, paper
LIMIT $limit
