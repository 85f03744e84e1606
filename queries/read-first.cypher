// What to read first on a topic
//
// Papers on a concept or a kind of it, by its name (`narrower`): first those that introduce it, then surveys, by their
// titles, and others that are mainly about it (`why`); of these first those whose own contributions most other papers of
// the graph mention (`taken_up_by`), then those that name most of the hundred methods, data sets and metrics that most
// papers on it name (`in_common`), then the older. The graph holds no citations.
//
// ? what should i read first on {concept}
// ? what to read first about {concept}
// ? where do i start with {concept}
// ? key papers on {concept}
// ? which paper on {concept} should i begin with
// ? seminal papers on {concept}
// ? introductory reading on {concept}
// ? most important papers on {concept}
// ? i am new to {concept} what should i read
// ? reading list for {concept}
// ? must read papers on {concept}
// ? where should a beginner start with {concept}
// ? which papers on {concept} must i know
// ? what are the essential papers about {concept}
// ? best papers to get started with {concept}
//
// $concept (concept) = "BERT": name or id of the concept
// $limit (integer) = 20: largest number of rows
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (n:Method|Task|Dataset|Metric)-[:NARROWER_THAN*0..1]->(c)
WITH DISTINCT c, n
MATCH (x:Paper)-[:MENTIONS]->(n)
WITH DISTINCT c, x
OPTIONAL MATCH (x)-[:MENTIONS]->(s:Method|Dataset|Metric) WHERE NOT s.generic AND s.id <> c.id
WITH s.id AS sid, count(x.id) AS naming
ORDER BY naming DESC, sid
LIMIT 100
WITH collect(CASE WHEN naming > 1 THEN sid END) AS known
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (n:Method|Task|Dataset|Metric)-[:NARROWER_THAN*0..1]->(c)
WITH DISTINCT known, c, n
MATCH (p:Paper)-[r:MENTIONS]->(n)
OPTIONAL MATCH (p)-[i:INTRODUCES]->(n)
OPTIONAL MATCH (p)-[a:ABOUT]->(n)
WITH known, p, sum(r.count) AS mentions, count(i) > 0 AS introduces, count(a) > 0 AS about,
     min(CASE WHEN n.id = c.id THEN '' ELSE n.name END) AS narrower
OPTIONAL MATCH (p)-[:MENTIONS]->(k:Method|Dataset|Metric) WHERE k.id IN known
WITH p, mentions, introduces, about, narrower, count(DISTINCT k.id) AS in_common,
     toLower(coalesce(p.title, '')) AS title
OPTIONAL MATCH (p)-[:INTRODUCES]->(own:Method|Task|Dataset|Metric)<-[:MENTIONS]-(o:Paper)
WHERE o.id <> p.id
WITH p, mentions, introduces, about, narrower, in_common, count(DISTINCT o.id) AS taken_up_by,
     title CONTAINS 'survey' OR title CONTAINS 'overview' OR title CONTAINS 'tutorial' OR title CONTAINS 'a review'
     OR title CONTAINS 'review of' AS survey
RETURN p.title AS title, p.year AS year,
       CASE WHEN introduces THEN 'introduces it' WHEN about AND survey THEN 'survey' WHEN about THEN 'mainly about it'
            ELSE 'names it' END AS why,
       taken_up_by, in_common, mentions, narrower, p.key AS key, p.id AS paper
ORDER BY introduces DESC, about DESC, survey DESC, taken_up_by DESC, in_common DESC, mentions DESC,
         coalesce(year, 9999), paper
LIMIT $limit
