// A concept by year
//
// How many papers of each year mention a concept, and how many of them are mainly about it.
//
// ? how many papers mention {concept} each year
// ? papers on {concept} by year
// ? how has interest in {concept} developed over the years
// ? mentions of {concept} over time
// ? number of papers about {concept} per year
// ? trend of {concept}
// ? since when do papers mention {concept}
// ? when did people start talking about {concept}
// ? is {concept} becoming more popular
// ? popularity of {concept} through the years
// ? timeline of {concept}
// ? how often was {concept} mentioned year by year
// ? is {concept} growing or fading
// ? annual number of papers about {concept}
// ? how many papers on {concept} appeared each year
// ? does {concept} get more or less attention over time
// ? rise and fall of {concept} by year
// ? when was {concept} most popular
// ? development of interest in {concept}
//
// $concept (concept) = "Transformer": name or id of the concept
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
MATCH (p:Paper)-[:MENTIONS]->(c)
WHERE p.year IS NOT NULL
OPTIONAL MATCH (p)-[a:ABOUT]->(c)
RETURN p.year AS year, count(p.id) AS papers, count(a) AS about
ORDER BY year
