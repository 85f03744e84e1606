"""The network: a BERT or MPNet encoder that forks into a span branch and a relation branch.

Layers up to ``fork`` are shared. The span branch scores every stretch of up to
``MAX_WIDTH`` word pieces with a biaffine head (Yu et al. 2020, "Named entity recognition
as dependency parsing"). The relation branch starts from the same shared states, is told
where which entity types are (typed markers without extra pieces, after Zhong & Chen 2021),
and scores pairs of entities from pooled mentions, from the context that both attend to
(Zhou et al. 2021, ATLOP) and from the words around their closest mention pairs.

All inputs have a batch dimension B and are padded, pieces at ``real`` False and mentions,
entities and pairs at the mask of ``features.Arrangement``. What is padded changes no score.
The exported graphs take one text a call.
"""

# PyTorch and its companions need not be installed where the types are checked.
# mypy: disable-error-code="import-not-found,import-untyped,misc,untyped-decorator,no-any-return"

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from extractors.neural import features as ft

FAR = 1e4
"""Subtracted from a score to leave it out of a softmax, small enough for 16 bits."""
POSITION_BUCKETS = 32
FARTHEST = 128


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; ``labels`` and ``relations`` are counted per corpus.

    With ``relative``, attention has MPNet's bias for relative positions (Song et al. 2020).
    """

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
    relative: bool = False

    @property
    def epsilon(self) -> float:
        """Of the layer norms: BERT's or MPNet's."""
        return 1e-5 if self.relative else 1e-12


def rows(x: Tensor, at: Tensor) -> Tensor:
    """Rows of x [B, n, d] at the indices [B, ...]: [B, ..., d]."""
    b, n, d = x.shape
    first = torch.arange(b, device=x.device).reshape(b, *[1] * (at.dim() - 1)) * n
    flat = x.reshape(b * n, d).index_select(0, (at + first).flatten())
    return flat.reshape(*at.shape, d)


class Layer(nn.Module):
    """One post-norm transformer layer over [B, n, width]; also gives the attention [B, heads, n, n] where it is wanted.

    ``bias`` is added to the attention's scores: what is padding and, for MPNet, how far pieces are apart.
    No dropout on the attention itself: on a CPU it costs a sixth of the step.
    """

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(d, d) for _ in range(4))
        self.up, self.down = nn.Linear(d, shape.inner), nn.Linear(shape.inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=shape.epsilon), nn.LayerNorm(d, eps=shape.epsilon)
        self.drop = nn.Dropout(shape.dropout) if shape.dropout else nn.Identity()

    def split(self, x: Tensor) -> Tensor:
        """[B, n, width] as [B, heads, n, width / heads]."""
        return x.reshape(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x: Tensor, bias: Tensor | None, wanted: bool = True) -> tuple[Tensor, Tensor | None]:
        """States in; states and, if it is ``wanted``, attention out."""
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        attention: Tensor | None = None
        if self.training and not wanted:  # a step on a CPU takes a fifth less; exported graphs keep the plain form
            mask = None if bias is None else bias.to(q.dtype)
            mixed = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:
            scores = q @ (k / math.sqrt(q.shape[-1])).transpose(2, 3)
            attention = torch.softmax(scores if bias is None else scores + bias.to(q.dtype), -1).to(v.dtype)
            mixed = attention @ v
        mixed = mixed.transpose(1, 2).reshape(x.shape)
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
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.drop = nn.Dropout(shape.dropout) if shape.dropout else nn.Identity()

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Vocabulary rows and case shapes [B, n] to states [B, n, width]."""
        positions = self.positions.weight[: ids.shape[1]]
        return self.drop(self.norm(self.words(ids) + positions + self.shapes(shapes)))


class RelativePositions(nn.Module):
    """A bias [heads, n, n] on the attention by how many pieces apart two pieces are, on a log scale."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.table = nn.Embedding(POSITION_BUCKETS, shape.heads)

    def forward(self, n: int) -> Tensor:
        """The bias for n pieces."""
        at = torch.arange(n, device=self.table.weight.device)
        apart = at.unsqueeze(1) - at  # query minus key
        half, exact = POSITION_BUCKETS // 2, POSITION_BUCKETS // 4
        far = torch.log(apart.abs().clamp(min=1) / exact) / math.log(FARTHEST / exact) * (half - exact)
        far = (exact + far.long()).clamp(max=half - 1)
        bucket = torch.where(apart.abs() < exact, apart.abs(), far) + (apart < 0).long() * half
        return self.table(bucket).permute(2, 0, 1)


class SpanHead(nn.Module):
    """Scores [B, n, MAX_WIDTH, labels] of the spans that start at a piece and are w + 1 pieces wide."""

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
        b, n, _ = x.shape
        s = self.drop(nn.functional.gelu(self.start(x)))
        e = self.drop(nn.functional.gelu(self.end(x)))
        at = torch.arange(n, device=x.device).unsqueeze(1) + torch.arange(ft.MAX_WIDTH, device=x.device)
        at = torch.clamp(at, max=n - 1).flatten()
        left = (s @ self.biaffine).reshape(b, n, self.labels, -1)
        cross = e.index_select(1, at).reshape(b, n, ft.MAX_WIDTH, -1) @ left.transpose(2, 3)
        ends = self.end_score(e).index_select(1, at).reshape(b, n, ft.MAX_WIDTH, -1)
        return cross + self.start_score(s).unsqueeze(2) + ends + self.widths


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
        """Entity scores [B, E, 2] and pair scores [B, P, relations]."""
        at = torch.arange(x.shape[1], device=x.device)
        inside = ((at >= mentions[..., :1]) & (at <= mentions[..., 1:])).to(x.dtype)
        inside = inside / inside.sum(2, keepdim=True)
        parts = torch.cat([rows(x, mentions[..., 0]), rows(x, mentions[..., 1]), inside @ x], 2)
        m = nn.functional.gelu(self.mention(self.drop(parts)))
        # a smooth maximum over the mentions of each entity
        e = torch.logsumexp(m.unsqueeze(1) + (owner.unsqueeze(3) - 1) * FAR, 2).to(x.dtype)
        facts = self.facts[0](entity[..., 0]) + self.facts[1](entity[..., 1])
        e = e + facts + self.facts[2](entity[..., 2]) + self.facts[3](entity[..., 3])
        share = (owner / owner.sum(2, keepdim=True).clamp(min=1)).to(x.dtype)
        looks = (share @ inside).unsqueeze(1) @ attention  # [B, heads, E, n]
        seen = looks.mean(1) @ x
        everything = x[:, :1].expand(-1, e.shape[1], -1)
        entity_hidden = nn.functional.gelu(self.entity_in(self.drop(torch.cat([e, seen, everything], 2))))
        entity_scores = self.entity_out(self.drop(entity_hidden))
        head, tail = pairs[..., 0], pairs[..., 1]
        context = self.attended(x, looks, head, tail)
        hidden = (
            rows(self.head(e), head)
            + rows(self.tail(e), tail)
            + rows(self.head_by(e), head) * rows(self.tail_by(e), tail)
            + self.shared_context(context)
        )
        between = self.between(x, at, window)
        hidden = hidden.unsqueeze(2) + rows(self.head_local(m), local[..., 0]) + rows(self.tail_local(m), local[..., 1])
        for k, table in enumerate(self.gaps):
            hidden = hidden + table(gap[..., k])
        hidden = nn.functional.gelu(self.drop(hidden + between))
        hidden = nn.functional.gelu(self.middle(self.drop(hidden)))
        scores = self.out(self.drop(hidden)) + (local_mask.unsqueeze(3) - 1) * FAR
        return entity_scores, torch.logsumexp(scores, 2)

    def attended(self, x: Tensor, looks: Tensor, head: Tensor, tail: Tensor) -> Tensor:
        """The context that the heads of attention share between two entities, [B, P, width]."""
        b, heads, entities, n = looks.shape
        by_entity = looks.transpose(1, 2).reshape(b, entities, heads * n)
        both = (rows(by_entity, head) * rows(by_entity, tail)).reshape(b, -1, heads, n).sum(2)
        return (both / (both.sum(2, keepdim=True) + 1e-6)).to(x.dtype) @ x

    def between(self, x: Tensor, at: Tensor, window: Tensor) -> Tensor:
        """The words around a mention pair, [B, P, K, pair], by four learned foci of attention."""
        b, n, _ = x.shape
        p, k = window.shape[1], window.shape[2]
        focus = self.focus(x).transpose(1, 2)  # [B, 4, n]
        outside = ((at < window[..., :1]) | (at > window[..., 1:])).to(x.dtype)  # [B, P, K, n]
        weights = torch.softmax(focus[:, None, None] - outside.unsqueeze(3) * FAR, -1)  # [B, P, K, 4, n]
        values = self.around(x).reshape(b, n, 4, -1).transpose(1, 2)  # [B, 4, n, pair / 4]
        mixed = weights.to(values.dtype).permute(0, 3, 1, 2, 4).reshape(b, 4, p * k, n) @ values
        return mixed.transpose(1, 2).reshape(b, p, k, self.around.out_features)


class Network(nn.Module):
    """Encoder, fork and one set of heads for each corpus."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embeddings = Embeddings(shape)
        if shape.relative:
            self.relative = RelativePositions(shape)
        self.shared = nn.ModuleList([Layer(shape) for _ in range(shape.fork)])
        self.span_branch = nn.ModuleList([Layer(shape) for _ in range(shape.layers - shape.fork)])
        self.pair_branch = nn.ModuleList([Layer(shape) for _ in range(shape.layers - shape.fork)])
        self.tags = nn.Embedding(shape.tags, shape.width)
        nn.init.normal_(self.tags.weight, std=0.02)
        self.spans = nn.ModuleDict({k: SpanHead(shape, n) for k, n in shape.labels.items()})
        self.pairs = nn.ModuleDict({k: PairHead(shape, n) for k, n in shape.relations.items()})

    def bias(self, n: int, real: Tensor | None) -> Tensor | None:
        """What is added to the attention's scores, given which pieces [B, n] are no padding; None: all."""
        apart: Tensor | None = self.relative(n) if self.shape.relative else None
        if real is None:
            return apart
        padding = (real[:, None, None].to(torch.float32) - 1) * FAR
        return padding if apart is None else padding + apart

    def encode(self, ids: Tensor, shapes: Tensor, real: Tensor | None, corpus: str) -> tuple[Tensor, Tensor]:
        """Shared states [B, n, width] and span scores [B, n, MAX_WIDTH, labels]."""
        bias = self.bias(ids.shape[1], real)
        states: Tensor = self.embeddings(ids, shapes)
        for layer in self.shared:
            states, _ = layer(states, bias, wanted=False)
        x = states
        for layer in self.span_branch:
            x, _ = layer(x, bias, wanted=False)
        return states, self.spans[corpus](x)

    def relate(
        self, states: Tensor, tags: Tensor, real: Tensor | None, corpus: str, *arrays: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Entity scores [B, E, 2] (introduced, topic) and pair scores [B, P, relations]."""
        bias = self.bias(tags.shape[1], real)
        x = states + self.tags(tags)
        *before, last = self.pair_branch
        for layer in before:
            x, _ = layer(x, bias, wanted=False)
        x, attention = last(x, bias)
        scores: tuple[Tensor, Tensor] = self.pairs[corpus](x, attention, *arrays)
        return scores
