using UAmtfl.Data;
using UAmtfl.Experiments.Landmine;
using UAmtfl.Experiments.Pharmacogenomics;
using UAmtfl.Experiments.School;
using UAmtfl.Experiments.Tox21;
using UAmtfl.Experiments.ToxCast;

namespace UAmtfl.Tests.Data;

/// <summary>The real files are those of the catalogue, and the loaders find in them the known numbers of rows, tasks and
/// labels.</summary>
public class RealDataTests
{
    [RealDataFact("school")]
    public void School()
    {
        var folder = Verified(SchoolCatalogue.Entry);
        var pupils = CsvFile.Read(Path.Combine(folder, "school.csv.gz"));
        var splits = CsvFile.Read(Path.Combine(folder, "splits.csv.gz"));
        Assert.Equal((15_362, 15_362), (pupils.Count, splits.Count));
        var sizes = pupils.Integers("task").CountBy(t => t).Select(c => c.Value).ToList();
        Assert.Equal((139, 22, 251), (sizes.Count, sizes.Min(), sizes.Max()));
        Assert.Equal((1, 70), (pupils.Numbers("score").Min(), pupils.Numbers("score").Max()));
        Assert.All(pupils.Numbers("x27"), x => Assert.Equal(1, x));
        Assert.Equal(10, splits.Columns.Count);
    }

    [RealDataFact("gdsc")]
    public void Gdsc()
    {
        var folder = Verified(GdscCatalogue.Entry);
        var expression = CsvFile.Read(Path.Combine(folder, "expression_log2tpm.csv.gz"));
        var ic50 = CsvFile.Read(Path.Combine(folder, "ic50_ln.csv.gz"));
        Assert.Equal((669, 688, 657, 267), (expression.Count, expression.Columns.Count, ic50.Count, ic50.Columns.Count));
        Assert.DoesNotContain(expression.Matrix([.. expression.Columns.Skip(1)]), float.IsNaN);
        Assert.Equal(141_310, ic50.Matrix([.. ic50.Columns.Skip(1)]).Count(v => !float.IsNaN(v)));
        var cells = expression.Rows("depmap_id");
        Assert.All(ic50.Texts("depmap_id"), c => Assert.True(cells.ContainsKey(c)));
        Assert.Equal(181, CsvFile.Read(Path.Combine(folder, "drugs.csv")).Integers("in_top181").Sum());
        Assert.Equal(669, CsvFile.Read(Path.Combine(folder, "cells.csv")).Rows("depmap_id").Count);
    }

    [RealDataFact("landmine")]
    public void Landmine()
    {
        var rows = CsvFile.Read(Path.Combine(Verified(LandmineCatalogue.Entry), "landmine.csv.gz"));
        Assert.Equal((14_820, 904), (rows.Count, rows.Integers("label").Sum()));
        Assert.Equal(Enumerable.Range(0, 29), rows.Integers("task").Distinct().Order());
    }

    [RealDataFact("tox21")]
    public void Tox21() => Molecules(Verified(Tox21Catalogue.Entry), 7_823, 12, 77_864);

    [RealDataFact("toxcast")]
    public void ToxCast() => Molecules(Verified(ToxCastCatalogue.Entry), 8_597, 617, 1_534_076);

    private static void Molecules(string folder, int molecules, int assays, int labels)
    {
        var table = CsvFile.Read(Path.Combine(folder, "labels.csv.gz"));
        Assert.Equal((molecules, assays + 1), (table.Count, table.Columns.Count));
        var values = table.Matrix([.. table.Columns.Skip(1)]);
        Assert.Equal(labels, values.Count(v => !float.IsNaN(v)));
        Assert.All(values.Where(v => !float.IsNaN(v)).Distinct(), v => Assert.True(v is 0 or 1));
        var tasks = CsvFile.Read(Path.Combine(folder, "tasks.csv"));
        Assert.Equal(table.Columns.Skip(1), tasks.Texts("task"));
        Assert.Equal(labels, tasks.Integers("n_labelled").Sum());

        var fingerprints = NpyFile.Read(Path.Combine(folder, "ecfp4_1024_packed.npy"), rank: 2);
        Assert.Equal([molecules, 128], fingerprints.Shape);
        Assert.InRange(fingerprints.Bits().Sum(b => (double)b) / molecules, 20, 60);
    }

    private static string Verified(CatalogueEntry entry)
    {
        var folder = DataFolder.Locate(entry, new(RealDataFactAttribute.Root, 1));
        Assert.Equal(RealDataFactAttribute.Folder(entry.Name), folder);
        Assert.Empty(DataFolder.Faults(entry, folder, FileCheck.Hash));
        return folder;
    }
}
