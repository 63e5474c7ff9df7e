using static TorchSharp.torch;

namespace UAmtfl.Numerics;

/// <summary>Makes libtorch compute with the number of threads that was set, on every thread of the program.</summary>
internal static class Threads
{
    /// <summary>Must be called on a thread before it multiplies matrices. OpenMP and MKL keep the number for each thread, and libtorch
    /// gives it to a thread when that thread first asks for it or splits work; a product before that uses all cores, and its last bits
    /// differ from those of all later ones.</summary>
    public static void Enter() => get_num_threads();
}
