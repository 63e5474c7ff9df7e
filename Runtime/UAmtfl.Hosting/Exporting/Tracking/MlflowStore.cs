using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using UAmtfl.Files;
using UAmtfl.Reporting;

namespace UAmtfl.Hosting;

/// <summary>Writes a run into a file store of MLflow (<c>mlflow.store.tracking.file_store</c>, MLflow 3): a run with the report, and in it
/// a run for each cell with its parameters and metrics. Identifiers follow from names, so that a second export replaces the
/// first.</summary>
/// <param name="root">The folder of the store, for <c>mlflow ui --backend-store-uri</c>.</param>
/// <param name="manifest">The record of the run.</param>
/// <param name="source">The folder of the run.</param>
internal sealed partial class MlflowStore(string root, RunManifest manifest, string source)
{
    /// <summary>The number of MLflow for a run that has finished.</summary>
    private const int Finished = 3;

    /// <summary>The number of MLflow for a program that is no notebook and no project.</summary>
    private const int Local = 4;

    private string Experiment { get; } = Digits(manifest.Experiment);

    private string ExperimentFolder => Path.Combine(root, Experiment);

    /// <summary>Writes the run.</summary>
    /// <param name="cells">The finished cells.</param>
    /// <exception cref="UAmtflException">A file cannot be written.</exception>
    public void Write(IReadOnlyList<CellHistory> cells) => RunFolder.Guarded(root, () =>
    {
        Meta(ExperimentFolder, [
            ("artifact_location", Uri(ExperimentFolder)), ("creation_time", Milliseconds(manifest.Started)),
            ("experiment_id", Quoted(Experiment)),
            ("last_update_time", Milliseconds(manifest.Started)), ("lifecycle_stage", "active"), ("name", Quoted(manifest.Experiment)),
        ]);
        var name = Path.GetFileName(source);
        var parent = Hex(name);
        BeginRun(parent, name, manifest.Started, cells.Max(c => c.Ended));
        foreach (var file in new[] { "report.html", "report.md", ReportWriter.JsonFile })
        {
            if (File.Exists(Path.Combine(source, file)))
            {
                File.Copy(Path.Combine(source, file), Path.Combine(ExperimentFolder, parent, "artifacts", file), overwrite: true);
            }
        }

        foreach (CellHistory cell in cells)
        {
            WriteCell(cell, name, parent);
        }

        return true;
    });

    private void WriteCell(CellHistory cell, string run, string parent)
    {
        var id = Hex($"{run}/{cell.Cell.Name}");
        var variant = manifest.Variants.Single(v => v.Name == cell.Cell.Variant);
        BeginRun(id, cell.Cell.Name, cell.Started, cell.Ended);
        Value(id, "tags", "mlflow.parentRunId", parent);
        Value(id, "tags", "composition", variant.Composition);
        Value(id, "params", "variant", variant.Name);
        Value(id, "params", "seed", cell.Cell.Seed.ToString(CultureInfo.InvariantCulture));
        var plan = JsonSerializer.SerializeToNode(variant.Plan, RunJson.Line.TrainingPlan)!.AsObject();
        foreach (var (key, value) in variant.Values.Select(v => (v.Key, v.Value)).Concat(plan.Select(p => ($"training.{p.Key}", p.Value))))
        {
            Value(id, "params", key, value is JsonValue single ? single.ToString() : value?.ToJsonString() ?? "");
        }

        foreach (var metric in cell.Scalars.GroupBy(s => s.Tag))
        {
            Value(id, "metrics", metric.Key, string.Join('\n', metric.Select(s =>
                string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(s.Time)} {s.Value:R} {s.Step}"))));
        }
    }

    private void BeginRun(string id, string name, DateTime started, DateTime ended)
    {
        var folder = Path.Combine(ExperimentFolder, id);
        foreach (var part in new[] { "artifacts", "metrics", "params", "tags" })
        {
            Directory.CreateDirectory(Path.Combine(folder, part));
        }

        Meta(folder, [
            ("artifact_uri", Uri(Path.Combine(folder, "artifacts"))), ("end_time", Milliseconds(ended)), ("entry_point_name", "''"),
            ("experiment_id", Quoted(Experiment)), ("lifecycle_stage", "active"), ("run_id", id), ("run_name", Quoted(name)),
            ("run_uuid", id), ("source_name", "''"), ("source_type", $"{Local}"), ("source_version", "''"),
            ("start_time", Milliseconds(started)), ("status", $"{Finished}"), ("tags", "[]"), ("user_id", "''"),
        ]);
        Value(id, "tags", "mlflow.runName", name);
        Value(id, "tags", "mlflow.source.name", "UAmtfl");
        if (manifest.Git is { } git)
        {
            Value(id, "tags", "mlflow.source.git.commit", git.Commit);
        }
    }

    /// <summary>Writes the file of a tag, a parameter or a metric. A slash in its name is a folder; characters that MLflow does not allow
    /// become underscores.</summary>
    private void Value(string run, string kind, string key, string value)
    {
        var path = Path.Combine([ExperimentFolder, run, kind, .. Forbidden().Replace(key, "_").Split('/').Select(part => part.Trim('.'))]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(value + (kind == "metrics" ? "\n" : ""))));
    }

    private static void Meta(string folder, IEnumerable<(string Key, string Value)> lines)
    {
        Directory.CreateDirectory(folder);
        var text = string.Concat(lines.Select(line => $"{line.Key}: {line.Value}\n"));
        WholeFile.Write(Path.Combine(folder, "meta.yaml"), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Uri(string path) => Quoted(new Uri(Path.GetFullPath(path)).AbsoluteUri);

    private static string Milliseconds(DateTime time) =>
        ((long)(time - DateTime.UnixEpoch).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the identifier of a run, 32 digits of base 16.</summary>
    private static string Hex(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];

    /// <summary>Returns the identifier of an experiment, 18 decimal digits.</summary>
    private static string Digits(string name)
    {
        const ulong least = 100_000_000_000_000_000;
        return (least + (BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % (9 * least)))
            .ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"[^A-Za-z0-9_\-. :/]")]
    private static partial Regex Forbidden();
}
