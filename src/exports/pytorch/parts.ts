/** The part of every `model.py` that is the same for all nets: modules of its blocks. */
export const pythonParts = `
def conv(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class BatchNorm(nn.BatchNorm2d):
    """Normalises once; several sets of weight and bias give several copies, side by side."""

    def __init__(self, channels, copies=1):
        super().__init__(channels)
        self.copies = copies
        self.weight = nn.Parameter(torch.ones(copies * channels))
        self.bias = nn.Parameter(torch.zeros(copies * channels))

    def forward(self, x):
        if self.copies == 1:
            return super().forward(x)
        share = self.momentum
        if self.training:
            self.num_batches_tracked.add_(1)
            if share is None:  # the mean over all batches, as torch.optim.swa_utils asks for
                share = 1 / self.num_batches_tracked.item()
        statistics = self.running_mean, self.running_var
        plain = F.batch_norm(x, *statistics, None, None, self.training, share or 0.0, self.eps)
        plain = plain.repeat(1, self.copies, 1, 1)
        return plain * self.weight[:, None, None] + self.bias[:, None, None]


class Mix(torch.autograd.Function):
    """Branches weighed by alpha and added; backward each gets beta times the gradient."""

    @staticmethod
    def forward(ctx, branches, alpha, beta):
        ctx.save_for_backward(beta)
        return (alpha * branches).sum(1)

    @staticmethod
    def backward(ctx, gradient):
        (beta,) = ctx.saved_tensors
        return beta * gradient.unsqueeze(1), None, None


class Paths(nn.Module):
    """A skip path of two: the image at every stride-th pixel, and the same shifted by a pixel."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.stride = stride
        self.conv = conv(2 * inputs, outputs, 1, groups=2)
        self.bn = BatchNorm(outputs)

    def forward(self, x, activated):
        x, step = F.relu(x), self.stride
        height, width = x.shape[2:]
        shifted = F.pad(x, (1, 0, 1, 0))[:, :, :height:step, :width:step]
        return self.bn(self.conv(torch.cat([x[:, :, ::step, ::step], shifted], 1)))


class Projection(nn.Module):
    """A skip path of a 1x1 convolution and a batch norm."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv = conv(inputs, outputs, 1, stride)
        self.bn = BatchNorm(outputs)

    def forward(self, x, activated):
        return self.bn(self.conv(x))


class Shortcut(nn.Module):
    """A skip path of a 1x1 convolution of what the branch's leading bn and relu leave."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv = conv(inputs, outputs, 1, stride)

    def forward(self, x, activated):
        return self.conv(activated)


class Block(nn.Module):
    """skip(x) + the mix of the branches, which lie side by side as groups of channels.

    alpha: the coefficients of evaluation, [bands of rows][branches]
    """

    def __init__(self, steps, alpha, skip=None, relu=False):
        super().__init__()
        self.branches = nn.Sequential(*steps)
        leading = (nn.ReLU, BatchNorm)
        self.activating = next(i for i, step in enumerate(steps) if not isinstance(step, leading))
        self.downsample = skip
        self.relu = relu
        self.register_buffer('alpha', torch.tensor([alpha]), persistent=False)

    def forward(self, x, coefficients=None):
        """coefficients: alpha and beta, each [samples][bands][branches]"""
        branches = x
        for place, step in enumerate(self.branches):
            if place == self.activating:
                activated = branches
            branches = step(branches)
        alpha, beta = coefficients or (self.alpha, self.alpha)
        skip = x if self.downsample is None else self.downsample(x, activated)
        parts = branches.unflatten(1, (alpha.shape[2], -1))
        x = skip + Mix.apply(parts, rows(alpha, parts), rows(beta, parts))
        return F.relu(x) if self.relu else x


def rows(coefficients, branches):
    """[samples][bands][branches] as [samples][branches][1][rows][1]"""
    height, bands = branches.shape[3], coefficients.shape[1]
    band = torch.arange(height, device=coefficients.device) * bands // height
    return coefficients[:, band].transpose(1, 2)[:, :, None, :, None]
`;

/** The reader of weights, the same for all. */
export const pythonReader = `
def read_safetensors(path):
    """Tensors by name; the format is a header in JSON and then the values."""
    data = bytearray(Path(path).read_bytes())
    start = 8 + struct.unpack('<Q', data[:8])[0]
    header = json.loads(data[8:start])
    types = {'F32': torch.float32, 'I64': torch.int64}
    tensors = {}
    for name, entry in header.items():
        if name == '__metadata__':
            continue
        first, last = entry['data_offsets']
        values = torch.frombuffer(data[start + first : start + last], dtype=types[entry['dtype']])
        tensors[name] = values.reshape(entry['shape'])
    return tensors


def load(path=Path(__file__).with_name('model.safetensors')):
    """The trained net, in evaluation mode."""
    model = Net()
    model.load_state_dict(read_safetensors(path))
    return model.eval()
`;
