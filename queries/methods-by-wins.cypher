// Methods by wins
//
// Methods by the number of other methods that papers claim them to beat, with how many beat them.
//
// ? which method beats most others
// ? which methods win most often
// ? methods by number of wins
// ? methods that beat the most others
// ? which method outperforms the most methods
// ? who has the most wins
// ? most successful methods
// ? methods ranked by how many others they beat
// ? which model beats most other models
// ? overall winners
// ? ranking of all methods
// ? best methods overall
// ? who beats most competitors
// ? which method has beaten the most other methods
// ? most victorious methods
//
// $limit (integer) = 50: largest number of rows
MATCH (m:Method)-[r:OUTPERFORMS]->(o:Method)
WITH m, count(DISTINCT o.id) AS wins, count(DISTINCT r.paper) AS papers, max(r.confidence) AS confidence
OPTIONAL MATCH (b:Method)-[:OUTPERFORMS]->(m)
RETURN m.name AS method, wins, count(DISTINCT b.id) AS losses, papers, confidence, m.id AS id
ORDER BY wins DESC, losses, id
LIMIT $limit
