using System.Runtime.CompilerServices;
using TorchSharp;

// libtorch's random state and its thread pool belong to the process, so that tests which draw numbers cannot run side by side.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace UAmtfl.Tests.Support;

internal static class TorchSetup
{
    [ModuleInitializer]
    public static void OneThread() => torch.set_num_threads(1);
}
