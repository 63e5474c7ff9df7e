using System.Collections;
using TorchSharp.PyBridge;
using static TorchSharp.torch;

namespace UAmtfl.Files;

/// <summary>Reads state dictionaries that PyTorch wrote with <c>torch.save</c>.</summary>
internal static class PyTorchFile
{
    /// <summary>The name under which training frameworks keep the state dictionary in a checkpoint.</summary>
    private const string Within = "state_dict";

    /// <summary>True if the name of a file is that of a state dictionary of PyTorch.</summary>
    public static bool Is(string file) => Path.GetExtension(file) is ".pt" or ".pth";

    /// <summary>Reads tensors by name, on the CPU, in the current dispose scope. No code in the file is run, because only tensors,
    /// dictionaries and numbers are restored.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a file.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream stream)
    {
        var entries = Entries(stream);
        var values = entries[Within] is IDictionary within ? within : entries;
        var tensors = new Dictionary<string, Tensor>();
        foreach (DictionaryEntry entry in values)
        {
            tensors.Add(
                $"{entry.Key}",
                entry.Value as Tensor ?? throw new InvalidDataException(
                    $"its '{entry.Key}' is no tensor; save the state dictionary alone, torch.save(model.state_dict(), path)"));
        }

        return tensors;
    }

    private static Hashtable Entries(Stream stream)
    {
        try
        {
            return PyTorchUnpickler.UnpickleStateDict(stream, leaveOpen: true);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The package throws whatever its zip archive, pickle and tensors throw.
            throw new InvalidDataException($"it is no state dictionary of PyTorch, or damaged: {e.Message.Split('\n')[0].Trim()}", e);
        }
    }
}
