using UAmtfl.Testing;

namespace Mine.Tests;

/// <summary>The code that is trained is reviewed like any other: a change of the declaration, or of UAmtfl, shows here.</summary>
public sealed class GeneratedCodeTests
{
    /// <summary>After a change that you want, run <c>SNAPSHOT_ACCEPT=1 dotnet test -c Release</c> and read the difference.</summary>
    [Fact]
    public void TheProposedMethod() => GeneratedCode.Verify(typeof(Patients), nameof(Patients.UAmtfl));
}
