using UAmtfl.Generators.Models;
using UAmtfl.Generators.Parsing;

namespace UAmtfl.Generators.Methods.Transfers;

/// <summary>α and γ that grow from 0 while training begins (Lee et al. 2018 on CUB).</summary>
internal static class Ramp
{
    private const string Option = "Ramp";

    /// <summary>The hyper-parameter and the option, where the attribute asks for a ramp.</summary>
    public static MethodModel Read(MethodModel model, AttributeReader attribute)
    {
        var ramp = Method.Hyper(attribute, Option, "The part of the epochs over which α and γ grow linearly from 0.");
        return ramp.Value == 0 ? model : model with
        {
            Hypers = model.Hypers.Append(ramp).ToEquatableArray(),
            Options = model.Options.Append(Option).ToEquatableArray(),
        };
    }

    public static bool Has(VariantFile file) => file.Variant.Transfer?.Has(Option) == true;

    /// <summary>A strength as the objective has it: <c>hyper.Alpha</c>, or <c>ramp * hyper.Alpha</c>.</summary>
    public static string Of(VariantFile file, string hyper) => Has(file) ? $"ramp * hyper.{hyper}" : $"hyper.{hyper}";
}
