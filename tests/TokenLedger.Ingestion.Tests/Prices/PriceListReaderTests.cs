using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Domain.Pricing;
using TokenLedger.Domain.Usage;
using TokenLedger.Ingestion.Prices;
using TokenLedger.Ingestion.Prices.Lists;

namespace TokenLedger.Ingestion.Tests.Prices;

public sealed class PriceListReaderTests
{
    private const string LiteLlm =
        """
        {"sample_spec":{"input_cost_per_token":0,"output_cost_per_token":0,"litellm_provider":"anthropic"},
         "claude-sonnet-5":{"litellm_provider":"anthropic","mode":"chat",
           "input_cost_per_token":2e-06,"output_cost_per_token":1E-5,"cache_read_input_token_cost":2.0e-07,
           "cache_creation_input_token_cost":2.5e-06,"cache_creation_input_token_cost_above_1hr":4e-06,
           "input_cost_per_token_above_200k_tokens":0.000004,
           "cache_creation_input_token_cost_above_1hr_above_200k_tokens":8e-06,
           "input_cost_per_token_priority":9,"output_cost_per_token_flex":9,
           "input_cost_per_token_above_200k_tokens_priority":9,"input_cost_per_audio_token":9},
         "fast/claude-sonnet-5":{"litellm_provider":"anthropic","input_cost_per_token":1e-05},
         "gemini/gemini-2.5-pro":{"litellm_provider":"gemini","input_cost_per_token":1.25e-06},
         "azure/gpt-5.5":{"litellm_provider":"azure","input_cost_per_token":5e-06}}
        """;

    private const string ModelsDev =
        """
        {"anthropic":{"id":"anthropic","models":{
           "claude-sonnet-5":{"id":"claude-sonnet-5","cost":{"input":2,"output":10,"cache_read":0.2,"cache_write":2.50,
             "context_over_200k":{"input":4,"output":15}}},
           "claude-free":{"id":"claude-free"}}},
         "openai":{"models":{"gpt-5.5":{"cost":{"input":5,"output":30,"reasoning":30,
             "tiers":[{"input":10,"output":45,"tier":{"size":272000}}]}}}},
         "amazon-bedrock":{"models":{"claude-sonnet-5":{"cost":{"input":7,"output":7}}}}}
        """;

    [Fact]
    public void A_list_of_LiteLLM_is_read_per_million_tokens_and_to_the_last_digit()
    {
        var list = Read(LiteLlm)!;
        Assert.Equal(PriceListForm.LiteLlm, list.Form);
        Assert.Equal(["claude-sonnet-5", "gemini/gemini-2.5-pro"], list.Models.Select(model => model.Id));
        var sonnet = list.Models[0];
        Assert.Equal(new UnitPrices(2m, 10m, 0.2m, 2.5m, 4m), sonnet.Bands[0]);
        Assert.Equal(new UnitPrices(4m, null, null, null, 8m), sonnet.Bands[200_000]);
        Assert.Equal((Channel.Anthropic, null), (sonnet.Channel, sonnet.Fault));
        Assert.Equal(Channel.Google, list.Models[1].Channel);
    }

    [Fact]
    public void A_list_of_models_dev_is_read_with_its_tiers()
    {
        var list = Read(ModelsDev)!;
        Assert.Equal(PriceListForm.ModelsDev, list.Form);
        Assert.Equal(
            [(Channel.Anthropic, "claude-sonnet-5"), (Channel.OpenAI, "gpt-5.5")],
            list.Models.Select(model => (model.Channel, model.Id)));
        Assert.Equal(new UnitPrices(2m, 10m, 0.2m, 2.5m, null), list.Models[0].Bands[0]);
        Assert.Equal(new UnitPrices(4m, 15m, null, null, null), list.Models[0].Bands[200_000]);
        Assert.Equal(new UnitPrices(10m, 45m, null, null, null), list.Models[1].Bands[272_000]);
    }

    [Theory]
    [InlineData("\"type\":\"context\",", false)]
    [InlineData("", false)]
    [InlineData("\"type\":\"batch\",", true)]
    [InlineData("\"type\":7,", true)]
    public void A_tier_of_another_kind_than_the_prompts_length_is_a_fault(string type, bool isFault)
    {
        var model = Read(ModelsDev.Replace("\"tier\":{", "\"tier\":{" + type, StringComparison.Ordinal))!.Models[1];

        Assert.Equal(isFault, model.Fault is not null);
    }

    [Theory]
    [InlineData("1e-06", "1")]
    [InlineData("1.0000000000000001e-06", "1.0000000000000001")]
    [InlineData("0.0000030", "3")]
    [InlineData("7.5E-8", "0.075")]
    [InlineData("0", "0")]
    [InlineData("null", null)]
    public void A_figure_is_taken_from_its_digits(string text, string? price)
    {
        var model = Assert.Single(Read(Entry(text))!.Models);
        Assert.Null(model.Fault);
        Assert.Equal(price, model.Bands.GetValueOrDefault(0).Input?.ToString("0.####################", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("\"1e-06\"")]
    [InlineData("-1e-06")]
    [InlineData("1e-99")]
    [InlineData("1e400")]
    [InlineData("0.00000100000000000000000000001")]
    [InlineData("2")]
    [InlineData("[]")]
    [InlineData("true")]
    public void What_is_no_price_is_a_fault_of_its_entry_alone(string text)
    {
        var model = Assert.Single(Read(Entry(text))!.Models);
        Assert.Contains("input_cost_per_token", model.Fault);
    }

    [Theory]
    [InlineData("", "TL0207")]
    [InlineData("{\"a\":", "TL0207")]
    [InlineData("{\"\\ud800\":{\"litellm_provider\":\"x\"}}", "TL0207")]
    [InlineData("[]", "TL0209")]
    [InlineData("7", "TL0209")]
    [InlineData("{}", "TL0209")]
    [InlineData("{\"anthropic\":{\"models\":[]}}", "TL0209")]
    [InlineData("{\"schema\":\"tokenledger/prices/v1\",\"rows\":[]}", "TL0209")]
    public void A_file_that_is_no_list_is_refused_with_its_code(string content, string code)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        Assert.Null(PriceListReader.Read(stream, "list.json", out var problem));
        Assert.Equal(code, problem!.Code);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_unread()
    {
        using var stream = new MemoryStream(new byte[(32 * 1024 * 1024) + 1]);
        Assert.Null(PriceListReader.Read(stream, "list.json", out var problem));
        Assert.Equal("TL0208", problem!.Code);
    }

    [Fact]
    public void A_cut_or_damaged_list_never_throws() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1_000).Zip(Gen.Choose(0, 255)).Zip(Gen.Elements(LiteLlm, ModelsDev)).ToArbitrary(), damage =>
        {
            var ((at, value), list) = damage;
            var bytes = Encoding.UTF8.GetBytes(list);
            var cut = bytes[..Math.Min(at, bytes.Length)];
            bytes[at % bytes.Length] = (byte)value;
            foreach (var content in new[] { cut, bytes })
            {
                using var stream = new MemoryStream(content);
                var read = PriceListReader.Read(stream, "list.json", out var problem);
                if (read is null == problem is null)
                    return false;
            }

            return true;
        }));

    [Fact]
    public void What_is_written_is_read_back_as_it_was()
    {
        var shipped = PriceBookReader.Shipped();
        var written = PriceFileWriter.Write(shipped.Names, shipped.AutoDiscounts, shipped.Rows);
        using var stream = new MemoryStream(written);
        var read = PriceBookReader.Read(stream, "prices.json", out _)!;
        Assert.Equal(shipped.Rows, read.Rows);
        Assert.Equal(shipped.Names.Aliases, read.Names.Aliases);
        Assert.Equal(shipped.AutoDiscounts, read.AutoDiscounts);
        Assert.Equal(written, PriceFileWriter.Write(read.Names, read.AutoDiscounts, read.Rows));
    }

    private static string Entry(string figure) =>
        "{\"m\":{\"litellm_provider\":\"openai\",\"input_cost_per_token\":" + figure + "}}";

    private static PriceList? Read(string content)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var list = PriceListReader.Read(stream, "list.json", out var problem);
        Assert.Null(problem);
        return list;
    }
}
