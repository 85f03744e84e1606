// What papers mention most
//
// Methods, tasks, datasets and metrics by the number of papers that mention them.
//
// ? what do papers mention most
// ? most mentioned concepts
// ? most popular concepts
// ? most frequent concepts
// ? top {limit} concepts
// ? which concepts are mentioned most often
// ? most common topics
// ? what are the main topics
// ? biggest topics
// ? most frequently named terms
// ? most talked about concepts
// ? what are people writing about most
// ? which concepts occur in most papers
// ? main subjects of the collection
// ? most cited concepts by number of papers
//
// $limit (integer) = 50: most rows to give
MATCH (c:Method|Task|Dataset|Metric)
RETURN c.name AS concept, c.papers AS papers, c.id AS id
ORDER BY papers DESC, id
LIMIT $limit
