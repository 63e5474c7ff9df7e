using UAmtfl.Hosting;

namespace UAmtfl.Tests.Hosting;

public class LoadedLibtorchTests
{
    [Fact]
    public void The_loaded_library_says_its_version() => Assert.Matches(@"^\d+\.\d+\.\d+ \((CPU|CUDA)\)$", LoadedLibtorch.Describe());

    [Fact]
    public void Variables_that_decide_last_digits_are_recorded() =>
        Assert.Equal(Environment.GetEnvironmentVariable(NativeVariables.Branch) ?? "none", NativeVariables.Read().GetValueOrDefault(NativeVariables.Branch, "none"));
}
