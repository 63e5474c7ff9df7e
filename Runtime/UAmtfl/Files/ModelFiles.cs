namespace UAmtfl.Files;

/// <summary>A trained model as the contents of its two files.</summary>
/// <param name="Tensors">The contents of <see cref="TensorsName"/>: the numbers that the model has learnt.</param>
/// <param name="Description">The contents of <see cref="DescriptionName"/>: what the numbers mean.</param>
internal sealed record ModelFiles(byte[] Tensors, byte[] Description)
{
    /// <summary>The name of the file of the numbers.</summary>
    public const string TensorsName = "model.safetensors";

    /// <summary>The name of the file that describes them.</summary>
    public const string DescriptionName = "model.json";
}
