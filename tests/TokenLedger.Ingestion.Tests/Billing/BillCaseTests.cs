namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class BillCaseTests
{
    public static TheoryData<string> Names => [.. BillCases.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bill_gives_the_charges_problems_and_notices_written_beside_it(string name)
    {
        var read = BillDump.Of(BillCases.Read(name));

        Assert.Equal(BillCases.Expected(name).ReplaceLineEndings("\n"), read);
    }
}
