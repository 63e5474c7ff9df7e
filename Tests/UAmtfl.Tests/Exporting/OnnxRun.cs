using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using UAmtfl.Hosting;
using UAmtfl.Models;
using static TorchSharp.torch;
using RunOptions = Microsoft.ML.OnnxRuntime.RunOptions;

namespace UAmtfl.Tests.Exporting;

/// <summary>An exported model in ONNX Runtime, which must load and run it without a warning.</summary>
internal sealed class OnnxRun : IDisposable
{
    private static readonly ConcurrentQueue<(string Session, string Message)> Log = new();
    private static readonly DOrtLoggingFunction Keep = (_, severity, _, session, _, message) =>
    {
        if (severity >= OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING)
        {
            Log.Enqueue((session, message));
        }
    };

    private static readonly Lazy<OrtEnv> Environment = new(() =>
    {
        var options = new EnvironmentCreationOptions
        {
            logId = "tests", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, loggingFunction = Keep,
        };
        return OrtEnv.CreateInstanceWithOptions(ref options);
    });

    private readonly string id = Guid.NewGuid().ToString("N");
    private readonly InferenceSession session;

    public OnnxRun(string path)
    {
        _ = Environment.Value;
        using var options = new SessionOptions
        {
            LogId = id, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING, IntraOpNumThreads = 1, InterOpNumThreads = 1,
        };
        session = new(path, options);
    }

    /// <summary>The facts about the model by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata => session.ModelMetadata.CustomMetadataMap;

    public ModelMetadata Model => session.ModelMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => session.InputMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Outputs => session.OutputMetadata;

    /// <summary>The names of the outputs in the order of the file.</summary>
    public IReadOnlyList<string> Names => session.OutputNames;

    /// <summary>Exports a loaded model into a file and loads that.</summary>
    public static OnnxRun Of(LoadedModel model, TemporaryFolder folder)
    {
        var path = folder.File($"{Guid.NewGuid():N}.onnx");
        OnnxFile.Write(path, ExportedModel.Of(model));
        return new(path);
    }

    /// <summary>Predicts float32 inputs [N, …], and returns the numbers of each output row by row.</summary>
    public Dictionary<string, float[]> Predict(Tensor inputs)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(inputs.contiguous().data<float>().ToArray(), inputs.shape);
        using var options = new RunOptions { LogId = id, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING };
        using var results = session.Run(options, ["input"], [value], session.OutputNames);
        Assert.DoesNotContain(Log, entry => entry.Session == id);
        var outputs = new Dictionary<string, float[]>();
        foreach (var (name, result) in session.OutputNames.Zip(results))
        {
            Assert.Equal(inputs.shape[0], result.GetTensorTypeAndShape().Shape[0]);
            outputs[name] = result.GetTensorDataAsSpan<float>().ToArray();
        }

        return outputs;
    }

    public void Dispose() => session.Dispose();
}
