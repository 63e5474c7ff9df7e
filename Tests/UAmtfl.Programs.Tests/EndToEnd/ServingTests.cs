using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Numerics;
using static TorchSharp.torch;


namespace UAmtfl.Tests.EndToEnd;

/// <summary>The worked example serves a model over HTTP.</summary>
public sealed class ServingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task TheExampleServesPredictions()
    {
        var path = Model();
        using var model = MnistImbalanced.UAmtfl.Load(path);
        float[][] images = [[.. Enumerable.Range(0, 784).Select(i => i % 5 / 5f)], new float[784]];
        var expected = model.Predict(images);
        using var program = Start("--model", path, "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(program) };
            using var answer = await client.PostAsJsonAsync("/digits", images);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal(expected.Nine.Probability, json.RootElement.EnumerateArray().Select(a => a.GetProperty("nine").GetDouble()));
            using var refused = await client.PostAsJsonAsync("/digits", new[] { new float[7] });
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("sample 0 has 7 numbers, but the model takes 784", await refused.Content.ReadAsStringAsync());
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public async Task AMissingModelIsOneLine()
    {
        using var program = Start("--model", folder.File("nothing"), "--urls", "http://127.0.0.1:0");
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(2, program.ExitCode);
        Assert.StartsWith("error: there is no model at", Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    /// <summary>A network as it starts: what it predicts is not the point here.</summary>
    private string Model()
    {
        using var scope = NewDisposeScope();
        RandomStreams.Start(3, "initialisation");
        using var network = new MnistImbalanced.UAmtfl.Network(float32, CPU);
        return folder.Write(SavedModel.Files(MnistImbalanced.Descriptor, "UAmtfl", network, zeros(1, 1, 28, 28)));
    }

    private static Process Start(params string[] arguments)
    {
        var program = Path.Combine(
            Repository.Root, "Experiments", "Serving", "bin", Repository.Configuration, "net10.0", "UAmtfl.Serving.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };

        // The number of threads of this process, so that sums are taken in the same order.
        start.Environment["OMP_NUM_THREADS"] = "1";
        start.Environment["MKL_NUM_THREADS"] = "1";
        return Process.Start(start)!;
    }

    /// <summary>Reads the address that the system chose from what the program writes.</summary>
    private static async Task<Uri> AddressAsync(Process program)
    {
        const string before = "Now listening on: ";
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(before, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new(line[(at + before.Length)..].Trim());
            }
        }

        throw new InvalidOperationException($"the program ended: {await program.StandardError.ReadToEndAsync()}");
    }
}
