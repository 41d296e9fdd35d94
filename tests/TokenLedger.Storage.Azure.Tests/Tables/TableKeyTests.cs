using FsCheck;
using FsCheck.Fluent;
using TokenLedger.Storage.Azure.Tables;

namespace TokenLedger.Storage.Azure.Tests.Tables;

public sealed class TableKeyTests
{
    // Few letters, so that texts which differ in one escape only do occur.
    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.Elements("", "a", "%", "/", "\\", "#", "?", "|", "%2F", "%25", "%~", "%uD83E", "\uD83E", "\uDD8A", "🦊", "\u0000", "\u0085",
            "'", "é", "e\u0301", "\uFFFD", "\uFFFF", new string('x', 199), new string('x', 134), new string('/', 70)),
        Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString()));

    private static readonly Arbitrary<string> Texts = Arb.From(Hostile.ListOf().Select(parts => string.Concat(parts)));

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void Every_key_is_legal_and_at_most_200_characters_long() => Check.One(Many, Prop.ForAll(Texts, text =>
    {
        var key = TableKey.Encode(text);
        TableLimits.CheckKey(key, "key");
        return key.Length <= TableKey.CharactersMax;
    }));

    [Fact]
    public void Different_texts_have_different_keys() => Check.One(Many, Prop.ForAll(Texts, Texts, (left, right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        == string.Equals(TableKey.Encode(left), TableKey.Encode(right), StringComparison.Ordinal)));

    [Fact]
    public void Different_lists_have_different_keys() => Check.One(Many, Prop.ForAll(Texts, Texts, (left, right) =>
    {
        string[][] lists = [[left, right], [left + right], [left + "|" + right], [left, right, ""], ["", left, right]];
        var different = lists.Select(list => string.Concat(list.Select(part => $"{part.Length}:{part}"))).Distinct(StringComparer.Ordinal);
        return different.Count() == lists.Select(list => TableKey.Join(list)).Distinct(StringComparer.Ordinal).Count();
    }));

    [Fact]
    public void Encoding_a_key_again_changes_it_only_where_something_was_encoded() => Check.One(Many, Prop.ForAll(Texts, text =>
    {
        var key = TableKey.Encode(text);
        return key.Contains('%', StringComparison.Ordinal) != string.Equals(TableKey.Encode(key), key, StringComparison.Ordinal);
    }));

    [Theory]
    [InlineData("acme/payments", "acme%2Fpayments")]
    [InlineData("100%", "100%25")]
    [InlineData("a|b", "a%7Cb")]
    [InlineData("tab\there", "tab%09here")]
    [InlineData("\u0085", "%C2%85")]
    [InlineData("o'brien & ключ 🦊", "o'brien & ключ 🦊")]
    [InlineData("", "")]
    public void What_keys_forbid_is_percent_encoded(string text, string key) => Assert.Equal(key, TableKey.Encode(text));

    [Fact]
    public void Parts_are_joined_by_a_bar() => Assert.Equal("202611|acme%2Fpay|a%7Cb", TableKey.Join("202611", "acme/pay", "a|b"));

    [Fact]
    public void A_long_key_keeps_its_beginning_and_ends_in_its_hash()
    {
        Assert.Equal(new string('x', 200), TableKey.Encode(new('x', 200)));
        var key = TableKey.Join("202611", new string('x', 194));
        Assert.Equal(200, key.Length);
        Assert.StartsWith("202611|xxx", key, StringComparison.Ordinal);
        Assert.Matches("%~[0-9a-f]{64}$", key);
        Assert.NotEqual(key, TableKey.Encode(key));
    }
}
