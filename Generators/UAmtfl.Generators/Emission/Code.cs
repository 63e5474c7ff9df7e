namespace UAmtfl.Generators.Emission;

/// <summary>How strongly the outermost operator of an expression binds, from the weakest.</summary>
internal enum Binding
{
    /// <summary>A sum: <c>a + b</c>.</summary>
    Sum,

    /// <summary>A product: <c>a * b</c>.</summary>
    Product,

    /// <summary>A name, a number, a call or a member, which no operator takes apart.</summary>
    Atom,
}

/// <summary>What an expression needs beside the network and what a step has: fields of the objective.</summary>
[Flags]
internal enum Uses
{
    Nothing = 0,

    /// <summary>The weights of the trunk without biases, <c>trunkWeights</c>.</summary>
    TrunkWeights = 1,
}

/// <summary>A C# expression that knows how strongly it binds and what it needs, so that nobody has to read its text.</summary>
/// <param name="Text">The expression.</param>
/// <param name="Binding">How strongly its outermost operator binds.</param>
/// <param name="Uses">What it needs.</param>
internal sealed record Code(string Text, Binding Binding = Binding.Atom, Uses Uses = Uses.Nothing)
{
    /// <summary>The weights of the trunk, which are an array.</summary>
    public static readonly Code TrunkWeights = new("trunkWeights", Uses: Uses.TrunkWeights);

    /// <summary>A name, a number or a call, as it is written.</summary>
    public static implicit operator Code(string atom) => new(atom);

    /// <summary>A hyper-parameter.</summary>
    public static Code Hyper(string name) => new($"hyper.{name}");

    /// <summary>A call: <c>function(a, b)</c>; also a construction, where the function is <c>new T</c>.</summary>
    public static Code Call(string function, params Code[] arguments) => new($"{function}({Join(arguments)})", Uses: Union(arguments));

    /// <summary>A collection: <c>[a, b]</c>.</summary>
    public static Code List(params Code[] items) => new($"[{Join(items)}]", Uses: Union(items));

    /// <summary>All items of a collection, among those of another: <c>.. items</c>.</summary>
    public static Code Spread(Code items) => items with { Text = $".. {items.Text}" };

    /// <summary>A product.</summary>
    public static Code operator *(Code left, Code right) => new(
        $"{left.In(left.Binding < Binding.Product)} * {right.In(right.Binding < Binding.Atom)}",
        Binding.Product,
        left.Uses | right.Uses);

    /// <summary>A sum, in which a product has brackets for the reader's sake.</summary>
    public static Code operator +(Code left, Code right) => new(
        $"{left.In(left.Binding == Binding.Product)} + {right.In(right.Binding < Binding.Atom)}",
        Binding.Sum,
        left.Uses | right.Uses);

    /// <summary>A member or a call of one: <c>(a + b).sum()</c>.</summary>
    public Code Member(string member) => new($"{In(Binding < Binding.Atom)}.{member}", Uses: Uses);

    /// <summary>The expression as an operand of a sum that is written term by term.</summary>
    public string AsTerm => In(Binding < Binding.Atom);

    /// <summary>The expression as a statement.</summary>
    public Code Statement => this with { Text = $"{Text};" };

    public override string ToString() => Text;

    private static string Join(Code[] codes) => string.Join(", ", codes.Select(c => c.Text));

    private static Uses Union(Code[] codes) => codes.Aggregate(Uses.Nothing, (uses, code) => uses | code.Uses);

    private string In(bool brackets) => brackets ? $"({Text})" : Text;
}
