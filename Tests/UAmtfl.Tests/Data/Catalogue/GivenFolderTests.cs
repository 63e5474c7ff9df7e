using UAmtfl.Data;
using UAmtfl.Hosting;

namespace UAmtfl.Tests.Data;

/// <summary>A data set whose files may not be passed on is read from the folder that the user gives, and from nowhere else.</summary>
public sealed class GivenFolderTests : IDisposable
{
    private static readonly CatalogueEntry Entry = Fetching.Entry(null) with { Files = [], GivenFolder = "a folder images" };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheGivenFolderOrItsSubfolderIsRead()
    {
        Assert.Equal(folder.Path, DataFolder.Locate(Entry, new(folder.Path, 1)));
        Directory.CreateDirectory(folder.File("toy"));
        Assert.Equal(folder.File("toy"), DataFolder.Locate(Entry, new(folder.Path, 1)));
    }

    [Fact]
    public void WithoutAFolderALineSaysWhereTheFilesAre()
    {
        var missing = Assert.Throws<DataException>(() => DataFolder.Locate(Entry, new(null, 1))).Message;
        Assert.Equal(
            $"the files of the data set toy are not passed on: get them from {Entry.HomePage}, "
                + "and give the folder that has a folder images with --data",
            missing);
    }

    [Fact]
    public void TheListSaysThatItMustBeGivenAndNothingIsCompared()
    {
        using var output = new StringWriter { NewLine = "\n" };
        DataReport.List([Entry], null, new(folder.File("cache")), output);
        Assert.Contains("needs --data", output.ToString());
        Assert.Contains(
            "does not list the files of toy",
            Assert.Throws<DataException>(() => DataReport.Check(Entry, folder.Path, new(folder.File("cache")), output)).Message);
    }

    [Fact]
    public void AnEntryHasFilesOrAGivenFolder()
    {
        Assert.Contains("has no files", Invalid(Entry with { GivenFolder = null }));
        Assert.Contains("a given folder and other files", Invalid(Fetching.Entry(null) with { GivenFolder = "images" }));

        static string Invalid(CatalogueEntry entry) => Assert.Throws<UAmtflException>(entry.Validated).Message;
    }
}
