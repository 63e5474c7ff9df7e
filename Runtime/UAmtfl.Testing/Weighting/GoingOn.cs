using TorchSharp;
using UAmtfl.Training;

namespace UAmtfl.Testing;

/// <summary>Continues a weighting from the state that another one saved.</summary>
internal static class GoingOn
{
    /// <summary>Loads the state of another weighting and starts the same epoch in both, so that both draw the same random
    /// numbers.</summary>
    public static void GoOnFrom(this torch.nn.Module fresh, torch.nn.Module saved)
    {
        fresh.load_state_dict(saved.state_dict());
        Trainer.StartStreams(fresh.named_modules(), seed: 1, epoch: 1);
        Trainer.StartStreams(saved.named_modules(), seed: 1, epoch: 1);
    }
}
