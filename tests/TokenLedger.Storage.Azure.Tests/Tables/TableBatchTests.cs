using System.Globalization;
using Azure;
using TokenLedger.Storage.Azure.Requests;
using TokenLedger.Storage.Azure.Tables;
using TokenLedger.Storage.Azure.Tests.Fakes;
using TokenLedger.Testing.Azurite;

namespace TokenLedger.Storage.Azure.Tests.Tables;

public sealed class TableBatchTests(AzuriteFixture azurite)
{
    private static readonly TableColumns Columns = new() { { "Number", TableColumnKind.Int64 }, { "Name", TableColumnKind.Text } };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_change_can_be_in_one_batch()
    {
        var table = await TableAsync();
        var tag = (await table.InsertAsync(Row("replaced", 1), Cancelled)).Value;
        await table.InsertAsync(Row("merged", 1), Cancelled);
        await table.InsertAsync(Row("deleted", 1), Cancelled);

        var batch = new TableBatch("o'b %й");
        batch.Insert(Row("inserted", 2));
        batch.UpsertMerge(Row("upsert merged", 2));
        batch.UpsertReplace(Row("upsert 'replaced'", 2));
        batch.Merge(new(batch.PartitionKey, "merged") { ["Name"] = "ключ\r\n--changeset" }, ETag.All);
        batch.Replace(Row("replaced", 2), tag);
        batch.Delete("deleted", ETag.All);
        Assert.Equal(new(StorageOutcome.Done, null), await table.SubmitAsync(batch, Cancelled));

        var rows = await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled);
        Assert.Equal(
            ["inserted 2", "merged 1", "replaced 2", "upsert 'replaced' 2", "upsert merged 2"],
            rows.Select(row => $"{row.RowKey} {row.Int64("Number")}"));
        Assert.Equal("ключ\r\n--changeset", rows[1].Text("Name"));
    }

    [Fact]
    public async Task A_row_that_is_there_already_stops_the_whole_batch_and_is_named()
    {
        var table = await TableAsync();
        await table.InsertAsync(Row("2", 1), Cancelled);
        var batch = Batch(batch => batch.Insert(Row("1", 2)), batch => batch.Insert(Row("2", 2)), batch => batch.Insert(Row("3", 2)));
        Assert.Equal(new(StorageOutcome.AlreadyExists, 1), await table.SubmitAsync(batch, Cancelled));
        Assert.Single(await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_row_that_has_changed_stops_the_whole_batch()
    {
        var table = await TableAsync();
        var old = (await table.InsertAsync(Row("2", 1), Cancelled)).Value;
        await table.UpsertReplaceAsync(Row("2", 5), Cancelled);
        var batch = Batch(batch => batch.Insert(Row("1", 2)), batch => batch.Replace(Row("2", 2), old));
        Assert.Equal(StorageOutcome.ConditionNotMet, (await table.SubmitAsync(batch, Cancelled)).Outcome);
        var row = Assert.Single(await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled));
        Assert.Equal(5, row.Int64("Number"));
    }

    [Fact]
    public async Task A_row_that_is_missing_stops_the_whole_batch()
    {
        var table = await TableAsync();
        var batch = Batch(batch => batch.Insert(Row("1", 2)), batch => batch.Merge(Row("2", 2), ETag.All));
        Assert.Equal(StorageOutcome.NotFound, (await table.SubmitAsync(batch, Cancelled)).Outcome);
        Assert.Empty(await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task A_hundred_rows_are_one_batch_and_no_rows_are_no_request()
    {
        var table = await TableAsync();
        var batch = new TableBatch("o'b %й");
        for (var at = 0; at < 100; at++)
            batch.UpsertReplace(Row(at.ToString(CultureInfo.InvariantCulture), at));
        Assert.Equal(StorageOutcome.Done, (await table.SubmitAsync(batch, Cancelled)).Outcome);
        Assert.Equal(100, (await table.QueryAsync(new(), Columns, Cancelled).ToListAsync(Cancelled)).Count);
        Assert.Equal(StorageOutcome.Done, (await FakeAccount.WithKey(new()).Table("runs").SubmitAsync(new("p"), Cancelled)).Outcome);
    }

    [Fact]
    public void A_hundred_and_first_change_is_refused()
    {
        var batch = new TableBatch("o'b %й");
        for (var at = 0; at < 100; at++)
            batch.UpsertReplace(Row(at.ToString(CultureInfo.InvariantCulture), at));
        Assert.Contains("100", Assert.Throws<ArgumentException>(() => batch.Insert(Row("x", 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_another_partition_is_refused() => Assert.Contains(
        "one partition", Assert.Throws<ArgumentException>(() => new TableBatch("p").Insert(new("q", "r"))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_row_twice_is_refused()
    {
        var batch = Batch(batch => batch.Insert(Row("1", 2)));
        Assert.Contains("once", Assert.Throws<ArgumentException>(() => batch.Delete("1", ETag.All)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_four_mebibytes_are_refused_before_anything_is_sent()
    {
        var batch = new TableBatch("p");
        for (var at = 0; at < 70; at++)
            batch.Insert(new("p", $"{at}") { ["A"] = new string('x', 30_000), ["B"] = new string('x', 30_000) });
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => FakeAccount.WithKey(new()).Table("runs").SubmitAsync(batch, Cancelled));
        Assert.Contains("4 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_answer_that_says_busy_inside_is_repeated()
    {
        var transport = new FakeTransport(
            new(202, Answer("503 Service Unavailable", """{"odata.error":{"code":"ServerBusy","message":{"value":"0:busy"}}}""")),
            new FakeResponse(202, Answer("204 No Content", "")));
        var batch = new TableBatch("p");
        batch.Insert(new("p", "r"));
        Assert.Equal(StorageOutcome.Done, (await FakeAccount.WithKey(transport).Table("runs").SubmitAsync(batch, Cancelled)).Outcome);
        Assert.Equal(2, transport.Sent.Count);
        Assert.Equal(transport.Sent[0].Body, transport.Sent[1].Body);
    }

    [Theory]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-ID: 3\r\n\r\n{\"odata.error\":{\"code\":\"EntityAlreadyExists\",\"message\":{\"value\":\"4:x\"}}}", 4)]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-ID: 3\r\n\r\n{\"odata.error\":{\"code\":\"EntityAlreadyExists\",\"message\":{\"value\":\"x\"}}}", 2)]
    [InlineData("HTTP/1.1 409 Conflict\r\n\r\n{\"odata.error\":{\"code\":\"EntityAlreadyExists\"}}", null)]
    [InlineData("HTTP/1.1 409 Conflict\r\nContent-ID: 0\r\n\r\n{\"odata.error\":{\"code\":\"EntityAlreadyExists\",\"message\":{\"value\":\"x\"}}}", null)]
    public void The_change_that_failed_is_named_where_the_answer_names_it(string text, int? index) =>
        Assert.Equal(new(409, "EntityAlreadyExists", index), BatchAnswer.Read(text));

    [Fact]
    public async Task Attempts_of_a_batch_have_an_end()
    {
        var transport = new FakeTransport([.. Enumerable.Range(0, 4).Select(_ => new FakeResponse(202, Answer("500 Oh", "{}")))]);
        var batch = new TableBatch("p");
        batch.Insert(new("p", "r"));
        var failure = await Assert.ThrowsAsync<StorageFailureException>(() => FakeAccount.WithKey(transport).Table("runs").SubmitAsync(batch, Cancelled));
        Assert.Equal((500, 4), (failure.Status, transport.Sent.Count));
    }

    [Fact]
    public async Task An_answer_without_an_inner_answer_is_a_failure()
    {
        var batch = new TableBatch("p");
        batch.Insert(new("p", "r"));
        await Assert.ThrowsAsync<StorageFailureException>(() =>
            FakeAccount.WithKey(new(new FakeResponse(202, "--batchresponse_1--"))).Table("runs").SubmitAsync(batch, Cancelled));
    }

    [Fact]
    public async Task An_accepted_answer_with_an_unforeseen_failure_inside_throws()
    {
        var body = Answer("400 Bad Request", """{"odata.error":{"code":"InvalidDuplicateRow","message":{"value":"0:what a secret row"}}}""");
        var batch = new TableBatch("p");
        batch.Insert(new("p", "r"));
        var failure = await Assert.ThrowsAsync<StorageFailureException>(() =>
            FakeAccount.WithKey(new(new FakeResponse(202, body))).Table("runs").SubmitAsync(batch, Cancelled));
        Assert.Equal((400, "InvalidDuplicateRow", false), (failure.Status, failure.ErrorCode, failure.IsTransient));
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    private static string Answer(string status, string body) =>
        "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n--changesetresponse_1\r\n"
        + $"Content-Type: application/http\r\n\r\nHTTP/1.1 {status}\r\nContent-Type: application/json\r\n\r\n{body}\r\n"
        + "--changesetresponse_1--\r\n--batchresponse_1--\r\n";

    private static TableBatch Batch(params Action<TableBatch>[] changes)
    {
        var batch = new TableBatch("o'b %й");
        foreach (var change in changes)
            change(batch);
        return batch;
    }

    private static TableEntity Row(string key, long number) => new("o'b %й", key) { ["Number"] = number };

    private async Task<TableClient> TableAsync()
    {
        var table = azurite.Storage().Table(UniqueName.Next("t"));
        await table.CreateIfMissingAsync(Cancelled);
        return table;
    }
}
