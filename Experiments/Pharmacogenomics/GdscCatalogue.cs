using UAmtfl.Data;

namespace UAmtfl.Experiments.Pharmacogenomics;

/// <summary>The entry of the drug response of cancer cell lines and their gene expression in the data catalogue.</summary>
public static class GdscCatalogue
{
    /// <summary>The catalogue's entry; no public place serves the files in this form, because they are made from others.</summary>
    public static CatalogueEntry Entry { get; } = new()
    {
        Name = "gdsc",
        Title = "ln IC50 of 266 drugs on 657 cancer cell lines (GDSC), and log2(TPM + 1) of 687 genes in 669 (CCLE)",
        Files =
        [
            new("expression_log2tpm.csv.gz", 1_239_055, "0a1e425330845826e1f20b78806be0e45e904ded9d6209f0f8053772cbc3f7f0"),
            new("ic50_ln.csv.gz", 515_483, "70cdf56edf0f345dd1e444c42e3a5e06b934646820f3efc5ff4a756e4f91d6d8"),
            new("drugs.csv", 21_229, "5fe0d7e03d07cc0150c6bbe17da12ad89cc7db2df0213b89b4f7a474e3fd69fe"),
            new("cells.csv", 49_682, "dde964a4ac8b9913ed5a16b7cab5947289f71502363ceaf6701590e7e920aebf"),
        ],
        Origin =
            "IC50 and drugs: data/CCLE/GDSC_IC50.csv and data/GDSC/1.Drug_listMon Jun 24 09_00_55 2019.csv of "
            + "https://github.com/kimmo1019/DeepCDR, commit 4dc5a901d580511335b9a54ffce9fb188f9f068d; "
            + "expression: data/CellLines_DepMap/CCLE_580_18281/census_706/cell_feature_exp.npy of https://github.com/violet-sto/TGSA, "
            + "commit cdd9903b889112b04325bec9f61935d05d9e9179 (580 lines, z-scores, "
            + "put back on the scale of log2(TPM + 1) by a line for each gene that was fitted on 436 common cell lines), and "
            + "data/CCLE/omics_data/ACH-*.csv of https://github.com/horsedayday/DualGCN, "
            + "commit 91e42e9000900f150efe5eb99945d26ec3661ca6 (the other 89 lines); cells: Cell_lines_annotations_20181226.txt of "
            + "DeepCDR and gdsctools/data/cosmic_info.csv.gz of "
            + "https://github.com/CancerRxGene/gdsctools, commit 770be3914a04ff047cbec2a2c66e55e465176e81; all as CSV",
        Licence = "GDSC's and DepMap's own terms; check them (source repositories: MIT, BSD-3-Clause)",
        Citation =
            "Yang et al. 2013, Genomics of Drug Sensitivity in Cancer (GDSC), Nucleic Acids Research 41, D955-D961; Iorio et al. "
            + "2016, A landscape of pharmacogenomic interactions in cancer, Cell 166, 740-754; Ghandi et al. 2019, Next-generation "
            + "characterization of the Cancer Cell Line Encyclopedia, Nature 569, 503-508",
        HomePage = "https://www.cancerrxgene.org",
    };
}
