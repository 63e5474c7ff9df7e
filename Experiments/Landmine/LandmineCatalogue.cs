using UAmtfl.Data;

namespace UAmtfl.Experiments.Landmine;

/// <summary>The entry of landmine detection in the data catalogue.</summary>
public static class LandmineCatalogue
{
    /// <summary>The catalogue's entry; no public place serves the files in this form, because they are made from others.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "landmine",
        Title = "Landmine detection in 29 fields, 14,820 rows of 9 radar features (Xue et al. 2007)",
        Files =
        [
            new("landmine.csv.gz", 600_453, "ee74504c69025ce2e7e5b575eda363ac86ca00853063834f437081612ff8e6a4"),
        ],
        Origin =
            "LandmineData.mat of https://github.com/daizhongxiang/Federated_Bayesian_Optimization, commit "
            + "30a4548606f2ae9bc62c6bf0eb4110177aa3876a, as CSV: task, label, f0 to f8",
        Licence = "not stated (data of L. Carin, Duke University)",
        Citation =
            "Xue, Liao, Carin and Krishnapuram 2007, Multi-task learning for classification with Dirichlet process priors, Journal of "
            + "Machine Learning Research 8, 35-63",
        HomePage = "https://github.com/daizhongxiang/Federated_Bayesian_Optimization",
    };
}
