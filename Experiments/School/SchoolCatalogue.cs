using UAmtfl.Data;

namespace UAmtfl.Experiments.School;

/// <summary>The entry of the School data of the Inner London Education Authority in the data catalogue.</summary>
public static class SchoolCatalogue
{
    /// <summary>The catalogue's entry; no public place serves the files in this form, because they are made from others.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "school",
        Title = "Examination scores of 15,362 pupils of 139 London schools, with ten splits (Argyriou et al. 2008)",
        Files =
        [
            new("school.csv.gz", 55_471, "39d663ce46f62bae260fda40a17ea782d455ca206fce00d50e4b6ad2162d437f"),
            new("splits.csv.gz", 29_265, "204f1eab73ecab6ae834666cc3e8d5f0a0fc8d79e8c2e841370b6a556da3da64"),
        ],
        Origin =
            "data/school/school_b.mat and school_{1..10}_indexes.mat of https://github.com/tjanez/PyMTL, commit "
            + "97dfc15be3769240f2099d036ce2b55b30a56f5f, "
            + "as CSV: a row a pupil in the order of the schools (task, score, x0 to x27), and for each split 1 where the row is for "
            + "testing",
        Licence = "not stated (headers of the source repository: GPL-3)",
        Citation = "Argyriou, Evgeniou and Pontil 2008, Convex multi-task feature learning, Machine Learning 73, 243-272",
        HomePage = "https://github.com/tjanez/PyMTL",
    };
}
