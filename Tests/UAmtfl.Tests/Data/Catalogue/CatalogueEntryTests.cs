using UAmtfl.Data;
using UAmtfl.Experiments.Exam;
using UAmtfl.Experiments.Landmine;
using UAmtfl.Experiments.Mnist;
using UAmtfl.Experiments.Pharmacogenomics;
using UAmtfl.Experiments.School;
using UAmtfl.Experiments.Tox21;
using UAmtfl.Experiments.ToxCast;

namespace UAmtfl.Tests.Data;

public class CatalogueEntryTests
{
    private static readonly CatalogueEntry[] All =
        [
            ExamCatalogue.Entry, GdscCatalogue.Entry, LandmineCatalogue.Entry, MnistCatalogue.Entry, SchoolCatalogue.Entry,
            Tox21Catalogue.Entry, ToxCastCatalogue.Entry,
        ];

    [Fact]
    public void TheEntriesAreWellFormedAndDiffer()
    {
        Assert.All(All, e => e.Validated());
        Assert.Equal(All.Length, All.Select(e => e.Name).Distinct().Count());
        var files = All.SelectMany(e => e.Files).ToList();
        Assert.Equal(files.Count, files.Select(f => f.Sha256).Distinct().Count());
        Assert.All(All.SelectMany(e => new[] { e.Title, e.Origin, e.Licence, e.Citation }), t => Assert.Matches(@"^\S.*\S$", t));
        Assert.All(All, e => Assert.StartsWith("http", e.HomePage));
    }

    [Fact]
    public void WhatShipsIsWhatTheCatalogueSays()
    {
        Assert.Equal(ExamCatalogue.Entry.ShippedFolder, DataFolder.Locate(ExamCatalogue.Entry, new(null, 1)));
        Assert.Empty(DataFolder.Faults(ExamCatalogue.Entry, ExamCatalogue.Entry.ShippedFolder!, FileCheck.Hash));
    }

    /// <summary>The shipped test images are the standard ones, though their files are compressed differently.</summary>
    [Fact]
    public void TheTestImagesThatShipAreTheStandardOnes()
    {
        var test = MnistCatalogue.Entry with { Files = [.. MnistCatalogue.Entry.Files.Where(f => f.Name.StartsWith("t10k"))] };
        Assert.Equal(2, test.Files.Count);
        Assert.Empty(DataFolder.Faults(test, MnistFolder.Shipped.Path, FileCheck.Hash));
        Assert.All(test.Files, f => Assert.NotEqual(f.Size, new FileInfo(Path.Combine(MnistFolder.Shipped.Path, f.Name)).Length));
    }

    [Fact]
    public void NamesThatWouldLeaveTheCacheAreRefused()
    {
        var entry = Fetching.Entry(null);
        Assert.Equal(
            "the catalogue's entry '../toy' has no usable name; use lower-case letters, digits and hyphens",
            Refused(entry with { Name = "../toy" }));
        Assert.Equal("the catalogue's entry toy has no files; list at least one", Refused(entry with { Files = [] }));
        Assert.Contains("a file named '../toy.bin'", Refused(entry with { Files = [entry.Files[0] with { Name = "../toy.bin" }] }));
        Assert.Contains("a file named '.lock'", Refused(entry with { Files = [entry.Files[0] with { Name = ".lock" }] }));
        Assert.Contains("a hash of toy.bin that is no SHA-256", Refused(entry with { Files = [entry.Files[0] with { Sha256 = "12" }] }));
        Assert.Contains("'toy.bin' for the address of toy.bin", Refused(entry with { Files = [entry.Files[0] with { Url = "toy.bin" }] }));

        Assert.Equal(
            "the catalogue's entry 'toy ' has no usable name; use lower-case letters, digits and " +
            "hyphens", Refused(entry with { Name = "toy\n" }));
        Assert.Contains("a file named 'toy.bin '", Refused(entry with { Files = [entry.Files[0] with { Name = "toy.bin\n" }] }));
        Assert.Contains(
            "a hash of toy.bin that is no " +
            "SHA-256", Refused(entry with { Files = [entry.Files[0] with { Sha256 = new string('a', 64) + "\n" }] }));
        Assert.Contains(
            "a licence with a line break or another control character; write it on one " +
            "line", Refused(entry with { Licence = "none\nat all" }));
        Assert.Contains("toy.bin with a size below 1", Refused(entry with { Files = [entry.Files[0] with { Size = 0 }] }));

        static string Refused(CatalogueEntry entry) => Assert.Throws<UAmtflException>(entry.Validated).Message;
    }
}
