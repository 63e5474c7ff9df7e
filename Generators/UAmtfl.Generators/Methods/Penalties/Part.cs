namespace UAmtfl.Generators.Methods.Penalties;

/// <summary>The parts of a network to which a norm can apply, named as in <c>UAmtfl.Part</c>.</summary>
internal enum Part
{
    All,
    Trunk,
    Heads,
}

/// <summary>Names the parts of a network in code and in sentences.</summary>
internal static class Parts
{
    /// <summary>Returns the name of the hyper-parameter for the strength of a norm of the part: <c>Mu</c>, <c>MuHeads</c>.</summary>
    public static string Property(this Part part, string symbol) => part == Part.All ? symbol : $"{symbol}{part}";

    /// <summary>Returns the words for the part in a sentence.</summary>
    public static string Words(this Part part) => part switch
    {
        Part.Trunk => "the trunk",
        Part.Heads => "the heads",
        _ => "trunk and heads",
    };

    /// <summary>Returns the name of a norm of the part in reports: <c>L1</c>, <c>L1(Heads)</c>.</summary>
    public static string Label(this Part part, string norm) => part == Part.All ? norm : $"{norm}({part})";
}
