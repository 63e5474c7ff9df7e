using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class LoadedLibtorchTests
{
    [Fact]
    public void TheLoadedLibrarySaysItsVersion() => Assert.Matches(@"^\d+\.\d+\.\d+ \((CPU|CUDA)\)$", LoadedLibtorch.Describe());

    [Fact]
    public void VariablesThatDecideLastDigitsAreRecorded() =>
        Assert.Equal(
            Environment.GetEnvironmentVariable(NativeVariables.Branch) ?? "none",
            NativeVariables.Read().GetValueOrDefault(NativeVariables.Branch, "none"));
}
