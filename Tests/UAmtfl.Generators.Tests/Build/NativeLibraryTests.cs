using System.Diagnostics;
using System.Text.Json;
using UAmtfl.Tests.Support;

namespace UAmtfl.Generators.Tests.Build;

/// <summary>The MSBuild targets use libtorch as it is on a newer system, change a copy of it for an older one, leave out libraries that
/// nothing loads, and refuse another backend.</summary>
[Collection("builds")]   // one build after the other
public sealed class NativeLibraryTests : IDisposable
{
    private static readonly string Project = Path.Combine(Repository.Root, "Experiments", "UAmtfl.Experiments.csproj");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [LinuxFact]
    public void ANewerSystemGetsTheUntouchedLibrary()
    {
        var library = LibraryFor("… GLIBCXX_3.4.31 GLIBCXX_3.4.32 …");
        Assert.Contains(Path.Combine("torchsharp", "0.107.0"), library);
    }

    [LinuxFact]
    public void AnOlderSystemGetsACopyWithAWeakNeed()
    {
        var original = File.ReadAllBytes(LibraryFor("… GLIBCXX_3.4.32 …"));
        var library = LibraryFor("… GLIBCXX_3.4.30 …");
        Assert.EndsWith(Path.Combine("uamtfl", "libLibTorchSharp.so"), library);
        var patched = File.ReadAllBytes(library);
        Assert.Equal(original.Length, patched.Length);
        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != patched[i]).ToList();
        var at = Assert.Single(changed);
        Assert.Equal(original[at] | 2, patched[at]);
    }

    [LinuxFact]
    public void LibrariesThatNothingLoadsAreLeftOut()
    {
        var files = Items(
            "-getItem:ReferenceCopyLocalPaths",
            "-t:ResolveAssemblyReferences",
            "-p:BuildProjectReferences=false",
            "-p:Configuration=Release",
            $"-p:IntermediateOutputPath={folder.Path}/obj/")
            .Select(i => i.GetProperty("Filename").GetString()).ToList();
        Assert.Contains("TorchSharp", files);
        Assert.DoesNotContain("libtorch_python", files);
        Assert.DoesNotContain("libtorch_cpu", files);   // linked, not copied
    }

    [Fact]
    public void TheBackendIsOnePackage()
    {
        Assert.Equal(["TorchSharp-cpu"], Backends("cpu"));
        Assert.Equal(["TorchSharp-cuda-linux"], Backends("cuda"));
        IEnumerable<string?> Backends(string backend) =>
            Items("-getItem:PackageReference", $"-p:TorchBackend={backend}")
                .Select(i => i.GetProperty("Identity").GetString())
                .Where(i => i!.StartsWith("TorchSharp-", StringComparison.Ordinal));
    }

    [Fact]
    public void AnotherBackendIsRefusedAtRestore()
    {
        var (code, output) = MsBuild("-t:Restore", "-p:TorchBackend=rocm");
        Assert.NotEqual(0, code);
        Assert.Contains("UAMT0001: TorchBackend is 'rocm'; it must be cpu (default) or cuda", output);
    }

    private string LibraryFor(string libstdcxx)
    {
        var fake = folder.File("libstdc++.so.6");
        File.WriteAllText(fake, libstdcxx);
        return Items(
            "-getItem:ReferenceCopyLocalPaths",
            "-t:ResolveAssemblyReferences",
            "-p:BuildProjectReferences=false",
            "-p:Configuration=Release",
            $"-p:UAmtflLibStdCxx={fake}",
            $"-p:IntermediateOutputPath={folder.Path}/obj/")
            .Select(i => i.GetProperty("FullPath").GetString()!).Single(p => p.EndsWith("libLibTorchSharp.so", StringComparison.Ordinal));
    }

    private static List<JsonElement> Items(string query, params string[] arguments)
    {
        var (code, output) = MsBuild([query, .. arguments]);
        Assert.True(code == 0, output);
        return [.. JsonDocument.Parse(output).RootElement.GetProperty("Items").EnumerateObject().Single().Value.EnumerateArray()];
    }

    private static (int Code, string Output) MsBuild(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["msbuild", Project, "-nologo", "-nodeReuse:false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
