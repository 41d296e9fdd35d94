using System.Net;
using System.Net.Http.Headers;
using System.Text;
using TokenLedger.Testing.FunctionsHost.Invocations;

namespace TokenLedger.Functions.Tests.HostDouble;

public sealed class AnswerJudgeTests
{
    [Theory]
    [InlineData(200, "application/json; charset=utf-8", "{}", Verdict.Succeeded)]
    [InlineData(201, "application/json", "{\"outputs\":{},\"LOGS\":[\"x\"],\"ReturnValue\":null}", Verdict.Succeeded)]
    [InlineData(204, null, "", Verdict.Hung)]
    [InlineData(200, "application/json", "", Verdict.Hung)]
    [InlineData(200, null, "", Verdict.Hung)]
    [InlineData(202, "application/json", "null", Verdict.Hung)]
    [InlineData(200, "text/plain", "{}", Verdict.Failed)]
    [InlineData(200, null, "{}", Verdict.Failed)]
    [InlineData(200, "application/json", "{", Verdict.Failed)]
    [InlineData(200, "application/json", "[]", Verdict.Failed)]
    [InlineData(200, "application/json", "{\"Logs\":\"x\"}", Verdict.Failed)]
    [InlineData(400, "application/json", "{}", Verdict.Failed)]
    [InlineData(500, "application/json", "", Verdict.Failed)]
    [InlineData(302, "application/json", "{}", Verdict.Failed)]
    public void An_answer_is_judged_as_the_host_does(int status, string? type, string body, Verdict expected) =>
        Assert.Equal(expected, AnswerJudge.Judge(
            (HttpStatusCode)status,
            type is null ? null : MediaTypeHeaderValue.Parse(type),
            Encoding.UTF8.GetBytes(body)).Verdict);

    [Fact]
    public void The_answers_logs_are_the_hosts() => Assert.Equal(["a", "b"], AnswerJudge.Judge(
        HttpStatusCode.OK, new("application/json"), """{"Logs":["a","b"]}"""u8.ToArray()).Logs);
}
