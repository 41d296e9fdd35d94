using System.Text;
using TokenLedger.Ingestion.Billing;

namespace TokenLedger.Ingestion.Tests.Billing;

public sealed class HostileBillTests
{
    private const string Header = "date,username,model,sku,unit_type,gross_amount,net_amount,organization\n";
    private const string GoodRow = "2026-11-18,mona,GPT-5 mini,copilot_ai_credit,ai-credits,1,1,acme\n";

    [Theory]
    [MemberData(nameof(BillCaseTests.Names), MemberType = typeof(BillCaseTests))]
    public void No_mutation_of_a_bill_throws(string name)
    {
        const int Mutations = 150;
        var original = BillCases.Content(name);
        var random = new Random(name.Length + original.Length);
        for (var i = 0; i < Mutations; i++)
        {
            var file = BillCases.Read(name, Mutated(original, random));

            // Whatever is left must still be sound: nothing may be counted twice or stand on two days.
            Assert.All(file.Days, day => Assert.All(day.Charges, charge => Assert.Equal(day.Day, charge.Day)));
            Assert.Equal(file.Days.Count, file.Days
                .Select(day => (day.Account, day.View, day.Day, day.Filter)).Distinct().Count());
        }
    }

    [Fact]
    public void Every_prefix_of_an_answer_is_read_or_refused_without_an_exception()
    {
        var whole = BillCases.Content("ai-credit-usage");
        for (var length = 0; length < whole.Length - 2; length++)
            Assert.NotEmpty(BillCases.Read("ai-credit-usage", whole[..length]).Problems);
    }

    [Theory]
    [InlineData("", "TL0602")]
    [InlineData(" \r\n\t", "TL0602")]
    [InlineData("{", "TL0603")]
    [InlineData("[", "TL0603")]
    [InlineData("[[[]]]", "TL0621")]
    [InlineData("[1,\"two\",null]", "TL0621")]
    [InlineData("{\"usageItems\":null}", "TL0621")]
    [InlineData("PK\u0003\u0004", "TL0601")]
    [InlineData("%PDF-1.7", "TL0601")]
    public void What_is_no_bill_is_one_problem_that_says_so(string text, string code)
    {
        var file = Read(text);

        Assert.Null(file.Format);
        Assert.Empty(file.Days);
        Assert.All(file.Problems, problem => Assert.Equal(code, problem.Code));
        Assert.NotEmpty(file.Problems);
    }

    [Fact]
    public void Json_nested_beyond_the_bound_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"response\":", 100)) + "1" + new string('}', 100);

        Assert.Equal("TL0603", Assert.Single(Read(deep).Problems).Code);
    }

    [Fact]
    public void A_cell_over_one_mebibyte_costs_its_row_only()
    {
        var file = Read(Header + GoodRow + GoodRow.Replace("mona", new string('m', 1024 * 1024 + 1)));

        var problem = Assert.Single(file.Problems);
        Assert.Equal(("TL0613", 3L), (problem.Code, problem.Line));
        Assert.Single(Assert.Single(file.Days).Charges);
        Assert.Equal("day-incomplete", Assert.Single(file.Notices).Code);
    }

    [Fact]
    public void A_thousand_problems_are_listed_and_the_rest_is_counted()
    {
        var file = Read(Header + GoodRow + string.Concat(Enumerable.Repeat("x\n", 1_500)));

        Assert.Equal(1_001, file.Problems.Count);
        Assert.Equal("TL0620", file.Problems[^1].Code);
        Assert.Contains("500", file.Problems[^1].Message, StringComparison.Ordinal);
        Assert.Equal(1_501, file.Rows);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1,5")]
    [InlineData("$1")]
    [InlineData("0x10")]
    [InlineData("1e999999999")]
    [InlineData("--1")]
    [InlineData("１")]
    public void An_amount_that_is_no_plain_number_is_refused_and_never_zero(string amount)
    {
        var file = Read(Header + GoodRow.Replace(",1,1,", $",\"{amount}\",1,"));

        Assert.Equal("TL0609", Assert.Single(file.Problems).Code);
        Assert.Empty(file.Days);
    }

    [Fact]
    public void Messages_show_no_control_characters_of_the_file()
    {
        var file = Read("date,sku,gross_amount,\u001b[31mx,\u001b[31mX\n");

        var problem = Assert.Single(file.Problems);
        Assert.Equal("TL0612", problem.Code);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Fact]
    public void Names_are_kept_as_they_are_and_mean_nothing_else()
    {
        const string Name = "=cmd|' /C calc'!A0";
        var charge = Assert.Single(Assert.Single(Read(Header + GoodRow.Replace("mona", Name)).Days).Charges);

        Assert.Equal(Name, charge.Dimensions.User.Text);
    }

    private static BillFile Read(string text) =>
        BillReader.Read(Encoding.UTF8.GetBytes(text), "hostile", new BillHints(), BillCases.Names);

    private static byte[] Mutated(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.Insert(at, "\"{}[],:\n-9e\\"u8[random.Next(12)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }
}
