// Papers on a concept
//
// Papers that mention a concept, the newest first, with how often they do and whether they are mainly about it.
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
MATCH (p:Paper)-[r:MENTIONS]->(c)
RETURN p.title AS title, p.year AS year, r.count AS mentions, EXISTS { MATCH (p)-[:ABOUT]->(c) } AS about,
       p.key AS key, p.id AS paper
ORDER BY coalesce(year, 0) DESC, mentions DESC, paper
LIMIT $limit
