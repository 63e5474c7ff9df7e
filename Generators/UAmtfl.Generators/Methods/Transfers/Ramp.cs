using UAmtfl.Generators.Emission;
using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>Reads and writes the option that α and γ grow from 0 in the first part of the training (Lee et al. 2018 on CUB).</summary>
internal static class Ramp
{
    /// <summary>Returns the hyper-parameter of the ramp, or null if the attribute declares no ramp.</summary>
    public static HyperModel? Read(AttributeReader attribute)
    {
        var ramp = Method.Hyper(attribute, "Ramp", "The part of the epochs over which α and γ grow linearly from 0.");
        return ramp.Value == 0 ? null : ramp;
    }

    /// <summary>True if the variant has a ramp.</summary>
    public static bool Has(VariantFile file) => file.Variant.Transfer?.HasRamp == true;

    /// <summary>Returns the code of a strength in the objective: <c>hyper.Alpha</c>, or <c>ramp * hyper.Alpha</c>.</summary>
    public static Code Of(VariantFile file, string hyper) => Has(file) ? "ramp" * Code.Hyper(hyper) : Code.Hyper(hyper);
}
