import type { Objective, Readout } from '../../heads/head.ts';

/** The class of each kind of head; what it is called with besides its size says its loss. */
export const pythonReadouts: Record<Readout['kind'], string> = {
  linear: `
class Linear(nn.Linear):
    """A linear layer and its cross-entropy; smoothed, every class counts a little besides the label."""

    def __init__(self, features, classes, smoothing=0.0):
        super().__init__(features, classes)
        self.smoothing = smoothing

    def loss(self, f, labels):
        return F.cross_entropy(self(f), labels, label_smoothing=self.smoothing)
`,
  cosine: `
class Cosine(nn.Module):
    """Cosines with the class vectors times a scale: a number, |f|, or |f| |w|.

    margin: (cosine, step) -> what stands in the label's place in the loss; never in the logits
    statistics: what features are centralised by while training, 'batch' or 'running'
    """

    def __init__(self, features, classes, scale, margin=None, statistics=None):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(classes, features))
        self.register_buffer('num_batches_tracked', torch.tensor(0))
        self.scale, self.margin, self.statistics = scale, margin, statistics
        if statistics:
            self.register_buffer('running_mean', torch.zeros(features))
            self.register_buffer('running_var', torch.ones(features))

    def forward(self, f):
        return self.scaled(*self.cosines(f))

    def loss(self, f, labels):
        cosines, norms = self.cosines(f)
        if self.margin:
            own = labels[:, None]
            changed = self.margin(cosines.gather(1, own), self.num_batches_tracked.item())
            cosines = cosines.scatter(1, own, changed)
        self.num_batches_tracked += self.training
        return F.cross_entropy(self.scaled(cosines, norms), labels)

    def cosines(self, f):
        """Cosines [samples][classes] and the lengths of features [samples][1]"""
        f = self.centralised(f) if self.statistics else f
        return (unit(f) @ unit(self.weight).T).clamp(-1, 1), length(f)

    def scaled(self, cosines, norms):
        if self.scale == 'norms':
            return norms * length(self.weight).T * cosines
        return (norms if self.scale == 'feature' else self.scale) * cosines

    def centralised(self, f):
        running = (f - self.running_mean) / torch.sqrt(self.running_var + 1e-5)
        batch = F.batch_norm(f, self.running_mean, self.running_var, training=self.training)
        return batch if self.statistics == 'batch' else running


def length(vectors):
    """Vectors that are next to nothing count as if they were a little longer."""
    return vectors.norm(dim=1, keepdim=True).clamp(min=1e-3)


def unit(vectors):
    return vectors / length(vectors)
`,
  distance: `
class Distance(nn.Module):
    """Minus the squared distance from the running mean of every class; the loss compares features."""

    def __init__(self, features, classes, loss=None):
        super().__init__()
        self.register_buffer('class_means', torch.zeros(classes, features))
        self.register_buffer('class_seen', torch.zeros(classes))
        self.compare = loss

    def forward(self, f):
        distances = (f[:, None] - self.class_means).square().sum(2)
        return torch.where(self.class_seen > 0, -distances, torch.full_like(distances, -1e30))

    def loss(self, f, labels):
        if self.training:
            self.move_means(f.detach(), labels)
        return self.compare(f, labels)

    def move_means(self, f, labels):
        for k in labels.unique():
            self.class_seen[k] += 0.1 * (1 - self.class_seen[k])
            apart = f[labels == k].mean(0) - self.class_means[k]
            self.class_means[k] += 0.1 / self.class_seen[k] * apart
`,
};

/** What each objective's argument calls. */
export const pythonObjectives: Record<Objective['kind'], string> = {
  'smoothed-labels': '',
  centralised: '',
  'added-angle': `
def added_angle(m):
    """ArcFace: the cosine of an angle that is larger by m, while that falls"""

    def margin(cosine, step):
        sine = (1 - cosine.square()).clamp(min=1e-12).sqrt()
        added = cosine * math.cos(m) - sine * math.sin(m)
        return torch.where(cosine > -math.cos(m), added, cosine - m * math.sin(m))

    return margin
`,
  'lower-cosine': `
def lower_cosine(m):
    """CosFace: a cosine that is lower by m"""
    return lambda cosine, step: cosine - m
`,
  'multiplied-angle': `
def multiplied_angle(m, start, end, rate):
    """The cosine of an angle m times as wide, which goes on falling; the plain one is blended in, less and less"""

    def margin(cosine, step):
        plain = max(end, start / (1 + rate * step))
        k = (m * torch.acos(cosine.detach()) / math.pi).floor().clamp(max=m - 1)
        before, multiplied = 1, cosine
        for _ in range(m - 1):
            before, multiplied = multiplied, 2 * cosine * multiplied - before
        falling = (1 - 2 * (k % 2)) * multiplied - 2 * k
        return (plain * cosine + falling) / (1 + plain)

    return margin
`,
  contrastive: `
def contrastive(m):
    """Pulls pairs of a class together, pushes others m apart; the mean over all pairs of a batch"""

    def loss(f, labels):
        one, other = torch.tril_indices(len(f), len(f), -1, device=f.device)
        squares = (f[one] - f[other]).square().sum(1)
        missing = F.relu(m - squares.clamp(min=1e-12).sqrt()).square()
        return torch.where(labels[one] == labels[other], squares, missing).mean() / 2

    return loss
`,
  triplet: `
def triplet(m):
    """Wants another class farther away than the own by m; the mean over all pairs of a class

    The other is the nearest of those farther away than the own, or the farthest where none is.
    """

    def loss(f, labels):
        squares = (f[:, None] - f).square().sum(2)
        same = labels[:, None] == labels
        nearer = same[:, None] | (squares[:, None] <= squares[:, :, None])
        other = squares[:, None].expand_as(nearer).masked_fill(nearer, math.inf).amin(2)
        farthest = squares.masked_fill(same, -math.inf).amax(1, keepdim=True)
        other = torch.where(other.isinf(), farthest, other)
        used = same & ~torch.eye(len(f), dtype=torch.bool, device=f.device) & ~same.all(1)[:, None]
        excess = F.relu(squares - other + m)[used]
        return excess.sum() / max(1, len(excess))

    return loss
`,
};
