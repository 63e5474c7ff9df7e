using UAmtfl.Generators.Tests.Support;

namespace UAmtfl.Generators.Tests.Generation;

/// <summary>Which differences <see cref="Members.AssertHas(IReadOnlyList{string}, string, string)"/> ignores, and which it
/// reports.</summary>
public sealed class MembersTests
{
    private const string Text = """
        namespace Lab;

        partial class Study
        {
            partial class Net
            {
                private readonly global::UAmtfl.Data.Labels labels;   // [N, 3]

                /// <summary>The sum.</summary>
                public double Sum(double x, double y)
                {
                    double twice = 2 * x;          // 2x
                    double longer = twice + y;     // 2x + y
                    return longer;
                }

                public double Sum(double x) => x;
            }
        }
        """;

    [Theory]
    [InlineData("private readonly Data.Labels labels;   // [N, 3]")]
    [InlineData("public double Sum(double x) =>\n    x;")]
    [InlineData("public double Sum(double x, double y)\n{\n    double twice =\n        2 * x; // 2x\n    // …\n    return longer;\n}")]
    [InlineData("/// <summary>The\n/// sum.</summary>\npublic double Sum(double x, double y)\n{\n    // …\n}")]
    public void TheSameTokensAndCommentsAreEqual(string members) => Members.AssertHas([Text], "Net", members);

    [Theory]
    [InlineData("private readonly Data.Labels labels;   // [N, 4]")]
    [InlineData("private readonly Data.Labels labels;")]
    [InlineData("public double Sum(double x) => y;")]
    [InlineData("public double Sum(int x) => x;")]
    [InlineData("/// <summary>The product.</summary>\npublic double Sum(double x, double y)\n{\n    // …\n}")]
    [InlineData("public double Sum(double x, double y)\n{\n    return longer;\n}")]
    [InlineData("public double Sum(double x, double y)\n{\n    // …\n    double twice = 2 * x;   // 2x\n    return longer;\n}")]
    public void AnythingElseIsNot(string members) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Members.AssertHas([Text], "Net", members));
}
