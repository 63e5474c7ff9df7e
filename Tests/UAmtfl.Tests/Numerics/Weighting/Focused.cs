using UAmtfl.Weighting;
using static TorchSharp.torch;

namespace UAmtfl.Tests.Numerics.Weighting;

public sealed class Focused(int tasks) : LossWeighting(tasks)
{
    // The larger a loss, the more it counts. A task without a label in the batch has the loss 0, and no part in it.
    public override Tensor forward(Tensor losses)
    {
        var weights = softmax(losses.detach().masked_fill(losses.eq(0), -1e30), 0) * Tasks;
        return losses.dot(weights);
    }
}
