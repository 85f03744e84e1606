"""The network: a BERT encoder that forks into a span branch and a relation branch.

Layers up to ``fork`` are shared. The span branch scores every stretch of up to
``MAX_WIDTH`` word pieces with a biaffine head (Yu et al. 2020, "Named entity recognition
as dependency parsing"). The relation branch starts from the same shared states, is told
where which entity types are (typed markers without extra pieces, after Zhong & Chen 2021),
and scores pairs of entities from pooled mentions, from the context that both attend to
(Zhou et al. 2021, ATLOP) and from the words around their closest mention pairs.

One text a call: no batch dimension, no padding, hence no dependence on neighbours.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from extractors.neural import features as ft


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; ``labels`` and ``relations`` are counted per corpus."""

    vocabulary: int
    labels: dict[str, int]
    relations: dict[str, int]
    layers: int = 6
    fork: int = 4
    width: int = 384
    heads: int = 12
    inner: int = 1536
    span: int = 192
    pair: int = 256
    dropout: float = 0.1
    tags: int = field(default=17)


class Layer(nn.Module):
    """One post-norm transformer layer over [n, width]; also gives the attention [heads, n, n].

    No dropout on the attention itself: on a CPU it costs a sixth of the step.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(d, d) for _ in range(4))
        self.up, self.down = nn.Linear(d, shape.inner), nn.Linear(shape.inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def split(self, x: Tensor) -> Tensor:
        """[n, width] as [heads, n, width / heads]."""
        return x.reshape(x.shape[0], self.heads, -1).transpose(0, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """States in; states and attention out."""
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        attention = torch.softmax(q @ k.transpose(1, 2) / math.sqrt(q.shape[-1]), -1)
        mixed = (attention @ v).transpose(0, 1).reshape(x.shape[0], -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        x = self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))
        return x, attention


class Embeddings(nn.Module):
    """Words (frozen), positions and, starting from zero, the case shapes that word pieces lost."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(ft.MAX_PIECES, shape.width)
        self.shapes = nn.Embedding(2 * ft.SHAPES, shape.width)
        nn.init.zeros_(self.shapes.weight)
        self.words.weight.requires_grad_(False)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Vocabulary rows and case shapes [n] to states [n, width]."""
        positions = self.positions.weight[: ids.shape[0]]
        return self.drop(self.norm(self.words(ids) + positions + self.shapes(shapes)))


class SpanHead(nn.Module):
    """Scores [n, MAX_WIDTH, labels] of the spans that start at a piece and are w + 1 pieces wide."""

    def __init__(self, shape: Shape, labels: int) -> None:
        super().__init__()
        d, s = shape.width, shape.span
        self.start, self.end = nn.Linear(d, s), nn.Linear(d, s)
        self.biaffine = nn.Parameter(torch.zeros(s, labels * s))
        nn.init.normal_(self.biaffine, std=0.5 / s)
        self.start_score, self.end_score = nn.Linear(s, labels), nn.Linear(s, labels)
        self.widths = nn.Parameter(torch.zeros(ft.MAX_WIDTH, labels))
        self.labels = labels
        self.drop = nn.Dropout(0.2)
        with torch.no_grad():  # nearly every stretch of text is no mention
            self.start_score.bias[0] = 6.0

    def forward(self, x: Tensor) -> Tensor:
        """States to span scores."""
        n = x.shape[0]
        s = self.drop(nn.functional.gelu(self.start(x)))
        e = self.drop(nn.functional.gelu(self.end(x)))
        at = torch.arange(n, device=x.device).unsqueeze(1) + torch.arange(ft.MAX_WIDTH, device=x.device)
        at = torch.clamp(at, max=n - 1)
        left = (s @ self.biaffine).reshape(n, self.labels, -1)
        cross = e[at] @ left.transpose(1, 2)
        return cross + self.start_score(s).unsqueeze(1) + self.end_score(e)[at] + self.widths


class PairHead(nn.Module):
    """Entity and pair scores from the relation branch; see ``features.Arrangement`` for the arrays."""

    def __init__(self, shape: Shape, relations: int) -> None:
        super().__init__()
        d, h = shape.width, shape.pair
        self.mention = nn.Linear(3 * d, h)
        self.facts = nn.ModuleList([nn.Embedding(k, h) for k in (8, ft.COUNTS, ft.POSITIONS, 2)])
        self.gaps = nn.ModuleList([nn.Embedding(k, h) for k in (ft.DISTANCES, ft.SENTENCE_GAPS, 2)])
        self.entity_in, self.entity_out = nn.Linear(h + 2 * d, h), nn.Linear(h, 2)
        self.head, self.tail = nn.Linear(h, h), nn.Linear(h, h)
        self.head_by, self.tail_by = nn.Linear(h, h), nn.Linear(h, h)
        self.head_local, self.tail_local = nn.Linear(h, h), nn.Linear(h, h)
        self.shared_context = nn.Linear(d, h)
        self.focus, self.around = nn.Linear(d, 4), nn.Linear(d, h)
        self.middle, self.out = nn.Linear(h, h), nn.Linear(h, relations)
        self.drop = nn.Dropout(0.2)

    def forward(
        self,
        x: Tensor,
        attention: Tensor,
        mentions: Tensor,
        owner: Tensor,
        entity: Tensor,
        pairs: Tensor,
        local: Tensor,
        local_mask: Tensor,
        window: Tensor,
        gap: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """Entity scores [E, 2] and pair scores [P, relations]."""
        at = torch.arange(x.shape[0], device=x.device)
        inside = ((at >= mentions[:, :1]) & (at <= mentions[:, 1:])).to(x.dtype)
        inside = inside / inside.sum(1, keepdim=True)
        parts = torch.cat([x[mentions[:, 0]], x[mentions[:, 1]], inside @ x], 1)
        m = nn.functional.gelu(self.mention(self.drop(parts)))
        # a smooth maximum over the mentions of each entity
        masked = m.unsqueeze(0) + (owner.unsqueeze(2) - 1) * 1e4
        e = torch.logsumexp(masked, 1)
        facts = self.facts[0](entity[:, 0]) + self.facts[1](entity[:, 1])
        e = e + facts + self.facts[2](entity[:, 2]) + self.facts[3](entity[:, 3])
        share = owner / owner.sum(1, keepdim=True)
        looks = (share @ inside) @ attention  # [heads, E, n]
        seen = looks.mean(0) @ x
        everything = x[:1].expand(e.shape[0], -1)
        entity_hidden = nn.functional.gelu(self.entity_in(self.drop(torch.cat([e, seen, everything], 1))))
        entity_scores = self.entity_out(self.drop(entity_hidden))
        head, tail = pairs[:, 0], pairs[:, 1]
        both = (looks[:, head] * looks[:, tail]).sum(0)
        context = (both / (both.sum(1, keepdim=True) + 1e-9)) @ x
        hidden = (
            self.head(e)[head]
            + self.tail(e)[tail]
            + self.head_by(e)[head] * self.tail_by(e)[tail]
            + self.shared_context(context)
        )
        between = self.between(x, at, window)
        hidden = hidden.unsqueeze(1) + self.head_local(m)[local[:, :, 0]] + self.tail_local(m)[local[:, :, 1]]
        for k, table in enumerate(self.gaps):
            hidden = hidden + table(gap[:, :, k])
        hidden = nn.functional.gelu(self.drop(hidden + between))
        hidden = nn.functional.gelu(self.middle(self.drop(hidden)))
        scores = self.out(self.drop(hidden)) + (local_mask.unsqueeze(2) - 1) * 1e4
        return entity_scores, torch.logsumexp(scores, 1)

    def between(self, x: Tensor, at: Tensor, window: Tensor) -> Tensor:
        """The words around a mention pair, [P, K, pair], by four learned foci of attention."""
        focus = self.focus(x).transpose(0, 1)  # [4, n]
        outside = ((at < window[..., :1]) | (at > window[..., 1:])).to(x.dtype)  # [P, K, n]
        weights = torch.softmax(focus - outside.unsqueeze(2) * 1e4, -1)  # [P, K, 4, n]
        values = self.around(x).reshape(x.shape[0], 4, -1).transpose(0, 1)  # [4, n, pair / 4]
        mixed = weights.permute(2, 0, 1, 3).reshape(4, window.shape[0] * window.shape[1], x.shape[0]) @ values
        return mixed.transpose(0, 1).reshape(window.shape[0], window.shape[1], self.around.out_features)


class Network(nn.Module):
    """Encoder, fork and one set of heads for each corpus."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape)
        self.shared = nn.ModuleList([Layer(shape) for _ in range(shape.fork)])
        self.span_branch = nn.ModuleList([Layer(shape) for _ in range(shape.layers - shape.fork)])
        self.pair_branch = nn.ModuleList([Layer(shape) for _ in range(shape.layers - shape.fork)])
        self.tags = nn.Embedding(shape.tags, shape.width)
        nn.init.normal_(self.tags.weight, std=0.02)
        self.spans = nn.ModuleDict({k: SpanHead(shape, n) for k, n in shape.labels.items()})
        self.pairs = nn.ModuleDict({k: PairHead(shape, n) for k, n in shape.relations.items()})

    def encode(self, ids: Tensor, shapes: Tensor, corpus: str) -> tuple[Tensor, Tensor]:
        """Shared states [n, width] and span scores [n, MAX_WIDTH, labels]."""
        states: Tensor = self.embeddings(ids, shapes)
        for layer in self.shared:
            states, _ = layer(states)
        x = states
        for layer in self.span_branch:
            x, _ = layer(x)
        return states, self.spans[corpus](x)

    def relate(self, states: Tensor, tags: Tensor, corpus: str, *arrays: Tensor) -> tuple[Tensor, Tensor]:
        """Entity scores [E, 2] (introduced, topic) and pair scores [P, relations]."""
        x = states + self.tags(tags)
        attention = x
        for layer in self.pair_branch:
            x, attention = layer(x)
        scores: tuple[Tensor, Tensor] = self.pairs[corpus](x, attention, *arrays)
        return scores


_BERT_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}


def load_bert(network: Network, tensors: dict[str, Tensor], kept: Tensor) -> None:
    """Start from a BERT checkpoint; ``kept`` [vocabulary] are the rows of its words that remain."""
    shape = network.shape
    emb = network.embeddings
    with torch.no_grad():
        emb.words.weight.copy_(tensors["embeddings.word_embeddings.weight"][kept])
        segment = tensors["embeddings.token_type_embeddings.weight"][0]
        emb.positions.weight.copy_(tensors["embeddings.position_embeddings.weight"] + segment)
        emb.norm.weight.copy_(tensors["embeddings.LayerNorm.weight"])
        emb.norm.bias.copy_(tensors["embeddings.LayerNorm.bias"])
        for n in range(shape.layers):
            targets = (
                [network.shared[n]]
                if n < shape.fork
                else [network.span_branch[n - shape.fork], network.pair_branch[n - shape.fork]]
            )
            for target in targets:
                for theirs, ours in _BERT_NAMES.items():
                    part = getattr(target, ours)
                    part.weight.copy_(tensors[f"encoder.layer.{n}.{theirs}.weight"])
                    part.bias.copy_(tensors[f"encoder.layer.{n}.{theirs}.bias"])
