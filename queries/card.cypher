// The card of a concept
//
// One row with what the graph knows of a concept: its forms, years, and the numbers of claims around it.
//
// ? tell me about {concept}
// ? overview of {concept}
// ? what do you know about {concept}
// ? profile of {concept}
// ? summary of what the graph has on {concept}
// ? short card of {concept}
// ? what is known about {concept}
// ? what is {concept}
// ? by which other names does {concept} go
// ? aliases of {concept}
// ? when was {concept} first mentioned and when last
// ? key facts and figures on {concept}
// ? {concept}
// ? give me an overview of {concept}
// ? {concept} in brief
// ? general information on {concept}
// ? describe {concept}
// ? what does the graph hold on {concept}
// ? key numbers for {concept}
// ? how is {concept} also called
// ? what other spellings of {concept} are used
//
// $concept (concept) = "BERT": name or id of the concept
MATCH (c:Method|Task|Dataset|Metric) WHERE c.id = $concept OR c.name = $concept
OPTIONAL MATCH (p:Paper)-[:MENTIONS]->(c)
WITH c, count(p.id) AS papers, min(p.year) AS first_year, max(p.year) AS latest_year
RETURN c.name AS name, c.id AS id, c.aliases AS forms, papers, first_year, latest_year,
       COUNT { MATCH (:Paper)-[:INTRODUCES]->(c) } AS introduced_by,
       COUNT { MATCH (c)-[:EVALUATED_ON|TRAINED_ON]->(:Dataset) } AS on_datasets,
       COUNT { MATCH (c)-[:USED_FOR]->(:Task) } AS for_tasks,
       COUNT { MATCH (c)-[:OUTPERFORMS]->(:Method) } AS wins,
       COUNT { MATCH (c)<-[:OUTPERFORMS]-(:Method) } AS losses,
       COUNT { MATCH (c)<-[:BASED_ON]-(:Method) } AS built_on_it,
       COUNT { MATCH (c)<-[:OF_METHOD|ON_DATASET|BY_METRIC|FOR_TASK]-(:Result) } AS results
ORDER BY name, id
