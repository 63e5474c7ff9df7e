using System.Text;
using UAmtfl.Data;

namespace UAmtfl.Tests.Data;

public sealed class GdscFilesTests : IDisposable
{
    private const string Expression = "GENE_SYMBOLS\tGENE_title\tDATA.906826\tDATA.687983\tDATA.910927\tDATA.906826.1\n"
        + "TSPAN6\ttetraspanin 6 [Source:HGNC \"11858\"]\t7.5\t8.5\t9.5\t0\n\tno symbol\t1\t2\t3\t0\nTNMD\ttenomodulin\t2.75\t2.5\t2.25\t0\n";

    private const string Response = "DATASET,CELL_LINE_NAME,COSMIC_ID,DRUG_ID,DRUG_NAME,LN_IC50,AUC\n"
        + "GDSC1,\"A, one\",910927,1005,Cisplatin,2.5,0.9\nGDSC1,B,687983,3,Rapamycin,-1.25,0.5\nGDSC1,\"A, one\",910927,3,Rapamycin,0.5,0.6\nGDSC1,C,111,7,Nothing,1,1\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cells_of_both_files_are_matched()
    {
        var screen = Read(Expression, Response);
        Assert.Equal([687983, 910927], screen.Cells);
        Assert.Equal(["TSPAN6", "TNMD"], screen.Genes);
        Assert.Equal([new(3, "Rapamycin"), new(1005, "Cisplatin")], screen.Drugs);
        Assert.Equal([8.5f, 2.5f, 9.5f, 2.25f], screen.Expression);
        Assert.Equal([-1.25f, float.NaN, 0.5f, 2.5f], screen.LogIC50);
    }

    [Fact]
    public void A_pair_that_occurs_twice_is_refused() =>
        Assert.EndsWith("response.csv: lines 2 and 6 both have COSMIC_ID 910927 and DRUG_ID 1005: keep one screen (column DATASET), or remove one", Refused(Expression, Response + "GDSC2,\"A, one\",910927,1005,Cisplatin,3,0.9\n"));

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        Assert.Contains("no COSMIC_ID of it is in", Refused(Expression, "COSMIC_ID,DRUG_ID,DRUG_NAME,LN_IC50\n1,2,x,3\n"));
        Assert.Contains("no column 'LN_IC50'", Refused(Expression, "COSMIC_ID,DRUG_ID,DRUG_NAME\n910927,2,x\n"));
        Assert.Contains("no column 'GENE_SYMBOLS'", Refused("gene\tDATA.910927\nx\t1\n", Response));
        Assert.EndsWith("line 1, column 'DATA.x': 'x', expected a COSMIC number: give the expression file of GDSC", Refused("GENE_SYMBOLS\tDATA.x\n", Response));
        Assert.EndsWith("line 2, column 'DATA.910927': no value, expected a number: fetch the file again", Refused("GENE_SYMBOLS\tDATA.910927\nx\t\n", Response));
    }

    private GdscScreen Read(string expression, string response) =>
        GdscFiles.Read(folder.Write("expression.txt", Encoding.UTF8.GetBytes(expression)), folder.Write("response.csv", Encoding.UTF8.GetBytes(response)));

    private string Refused(string expression, string response) => Assert.Throws<DataException>(() => Read(expression, response)).Message;
}
