using UAmtfl.Data;

namespace UAmtfl.Experiments.Exam;

/// <summary>The entry of the examination results of London pupils in the data catalogue.</summary>
public static class ExamCatalogue
{
    /// <summary>The catalogue's entry; the files are made from others and ship with the program.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "exam",
        Title = "Examination results of 4,059 pupils of 65 London schools (Goldstein et al. 1993)",
        Files =
        [
            new("Exam.csv.gz", 34_844, "9ceeb80127f79266a2d7606393ca8940f7ed30606db856b8007344616b52ff93"),
        ],
        Origin = "the data frame Exam of the R package mlmRev, from the Debian package r-cran-mlmrev 1.0-8-2, as CSV",
        Licence = "GPL-2 or later (the R package)",
        Citation =
            "Goldstein, Rasbash, Yang, Woodhouse, Pan, Nuttall and Thomas 1993, A multilevel analysis of school examination results, "
            + "Oxford Review of Education 19, 425-433",
        HomePage = "https://cran.r-project.org/package=mlmRev",
        ShippedFolder = Path.Combine(AppContext.BaseDirectory, "data", "exam"),
    };
}
