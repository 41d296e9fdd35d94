using System.Text;
using TokenLedger.Ingestion.Billing;
using TokenLedger.Testing.Worlds.Product;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>Files that somebody exports and imports: some on the way, two when the bill is final.</summary>
internal sealed class ImportCalendar
{
    private readonly World world;
    private readonly WorldJournal journal;
    private readonly WorldDice dice;
    private readonly List<(DateTimeOffset At, DateOnly To)> due = [];

    public ImportCalendar(World world, WorldJournal journal)
    {
        this.world = world;
        this.journal = journal;
        dice = new WorldDice(world.Plan.Seed).For("imports");
        if (world.Plan.Imports.Count == 0)
            return;
        var first = world.Plan.FirstDay;
        var last = world.Plan.End.AddDays(-1);
        foreach (var hours in new[] { dice.Roll(36, 160), dice.Roll(160, 320) }.Where(_ => dice.Chance(60)))
        {
            var at = WorldPlan.StartOf(first).AddHours(hours);
            var to = DateOnly.FromDateTime(at.UtcDateTime);
            due.Add((at, to < last ? to : last.AddDays(1)));
        }

        due.Add((WorldPlan.ClosesAt(last).AddHours(20), world.Plan.End));
        due.Add((WorldPlan.ClosesAt(last).AddHours(20 + 45), world.Plan.End));
    }

    public bool IsDone => due.Count == 0;

    public DateTimeOffset? NextAt => due.Count == 0 ? null : due[0].At;

    public async Task ImportDueAsync(LedgerUnderTest product, DateTimeOffset now)
    {
        while (due.Count > 0 && due[0].At <= now)
        {
            var days = world.Plan.EachDay.Where(day => day < due[0].To).ToList();
            due.RemoveAt(0);
            foreach (var view in world.Plan.Imports)
                await ImportAsync(product, view, days, now);
        }
    }

    private async Task ImportAsync(
        LedgerUnderTest product, ImportedView view, List<DateOnly> days, DateTimeOffset now)
    {
        var scope = new ViewScope(world, null);
        var wallet = world.Plan.Wallet;
        var hints = new BillHints
        {
            Enterprise = wallet.Enterprise,
            Organization = wallet.IsEnterprise ? null : wallet.Organizations[0],
        };
        var (name, text) = view switch
        {
            ImportedView.AiReport => ("ai_usage.csv", Reports.AiReport(scope, days, now, dice)),
            ImportedView.Detailed => ("detailed.csv", Reports.Detailed(scope, days, now, dice)),
            _ => ("answers.json", string.Concat(
                days.Select(day => Encoding.UTF8.GetString(Answer(scope, view, day, now).Content.Span)))),
        };
        var taken = await product.ImportAsync(name, Encoding.UTF8.GetBytes(text), hints);
        foreach (var day in taken.Bill.Days)
        {
            var rows = string.Join('\n', view switch
            {
                ImportedView.AiReport => Reports.AiRows(scope, day.Day, now),
                ImportedView.Detailed => Reports.DetailedRows(scope, day.Day, now),
                _ => [Answer(scope, view, day.Day, now).Figures],
            });
            journal.Add(new WorldLook(day.Account, day.View, day.Day, now, rows, rows.Length == 0, !day.IsIncomplete));
        }
    }

    private static BillText Answer(ViewScope scope, ImportedView view, DateOnly day, DateTimeOffset now) =>
        view == ImportedView.Usage ? Answers.Usage(scope, day, now) : Answers.Summary(scope, day, now);
}
