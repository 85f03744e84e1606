// Papers on a concept
//
// Papers that mention a concept, the newest first, with how often they do and whether they are mainly about it; then
// those that mention only a kind of it, by its name, which `narrower` gives.
//
// ? papers on {concept}
// ? papers about {concept}
// ? which papers mention {concept}
// ? articles that deal with {concept}
// ? literature on {concept}
// ? find papers on {concept}
// ? newest papers on {concept}
// ? recent work on {concept}
// ? publications about {concept}
// ? where is {concept} mentioned
// ? latest papers about {concept}
// ? what has been written about {concept}
// ? list of papers that use {concept}
// ? research on {concept}
// ? show articles discussing {concept}
// ? i need recent papers about {concept}
// ? where can i read about {concept}
// ? who mentions {concept}
// ? {concept} papers
// ? search papers for {concept}
// ? which publications use {concept}
// ? give me literature on {concept}
//
// $concept (concept) = "SQuAD": name or id of the concept
// $limit (integer) = 100: most rows to give
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (n:Method|Task|Dataset|Metric)-[:NARROWER_THAN*0..1]->(c)
WITH DISTINCT c, n
MATCH (p:Paper)-[r:MENTIONS]->(n)
OPTIONAL MATCH (p)-[a:ABOUT]->(n)
WITH p, sum(r.count) AS mentions, count(a) > 0 AS about, min(CASE WHEN n.id = c.id THEN '' ELSE n.name END) AS narrower
RETURN p.title AS title, p.year AS year, mentions, about, narrower, p.key AS key, p.id AS paper
ORDER BY narrower <> '', coalesce(year, 0) DESC, mentions DESC, paper
LIMIT $limit
