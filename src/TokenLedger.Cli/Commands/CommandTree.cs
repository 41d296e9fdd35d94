using System.CommandLine;
using System.CommandLine.Help;

namespace TokenLedger.Cli.Commands;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    public static RootCommand Create(CliHost host)
    {
        var root = new RootCommand(
            "TokenLedger reconciles the token logs of coding agents with the bills of their providers, to the cent.");
        foreach (var option in CommonOptions.All)
            root.Add(option);
        var examples = new Dictionary<Command, string> { [root] = "tokenledger demo" };
        Add(DemoCommand.Create(host), DemoCommand.Example);
        Add(IngestCommand.Create(host), IngestCommand.Example);
        Add(CollectCommand.Create(host), CollectCommand.Example);
        Add(ImportBillingCommand.Create(host), ImportBillingCommand.Example);
        Add(PollCommand.Create(host), PollCommand.Example);
        Add(ReconcileCommand.Create(host), ReconcileCommand.Example);
        Add(GapCommand.Create(host), GapCommand.Example);
        var calibration = CalibrationCommand.Create(host);
        var backtest = CalibrationBacktestCommand.Create(host);
        calibration.Add(backtest);
        Add(calibration, CalibrationCommand.Example);
        examples.Add(backtest, CalibrationBacktestCommand.Example);
        Add(MetricsCommand.Create(host), MetricsCommand.Example);
        Add(OutcomesCommand.Create(host), OutcomesCommand.Example);
        Add(SettlementCommand.Create(host), SettlementCommand.Example);
        Add(HeadroomCommand.Create(host), HeadroomCommand.Example);
        Add(StatementCommand.Create(host), StatementCommand.Example);
        AddBudgets(BudgetsCommand.Create(host));
        Add(ExplainCommand.Create(host), ExplainCommand.Example);
        Add(VerifyCommand.Create(host), VerifyCommand.Example);
        Add(UsageCommand.Create(host), UsageCommand.Example);
        Add(RunsCommand.Create(host), RunsCommand.Example);
        AddFindings(FindingsCommand.Create(host));
        AddPrices(PricesCommand.Create(host));
        AddAlerts(AlertsCommand.Create(host));
        Add(SchemaCommand.Create(host), SchemaCommand.Example);
        AddGroup(AppCommand.Create(), AppCreateCommand.Create(host), AppCreateCommand.Example);
        Add(ServeCommand.Create(host), ServeCommand.Example);
        Add(DoctorCommand.Create(host), DoctorCommand.Example);
        Add(RebuildCommand.Create(host), RebuildCommand.Example);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new ExampleHelpAction((HelpAction)help.Action!, examples);
        return root;

        void AddGroup(Command group, Command command, string example)
        {
            group.Add(command);
            Add(group, example);
            examples.Add(command, example);
        }

        void AddFindings(Command findings)
        {
            foreach (var (command, example) in new[]
            {
                (FindingDecisionCommand.Acknowledge(host), FindingDecisionCommand.AcknowledgeExample),
                (FindingDecisionCommand.Dismiss(host), FindingDecisionCommand.DismissExample),
                (FindingActionsCommand.Act(host), FindingActionsCommand.ActExample),
                (FindingActionsCommand.List(host), FindingActionsCommand.ListExample),
                (FindingActionsCommand.Undo(host), FindingActionsCommand.UndoExample),
            })
            {
                findings.Add(command);
                examples.Add(command, example);
            }

            Add(findings, FindingsCommand.Example);
        }

        void AddPrices(Command prices)
        {
            var check = PricesCheckCommand.Create(host);
            prices.Add(check);
            examples.Add(check, PricesCheckCommand.Example);
            var update = PricesUpdateCommand.Create(host);
            prices.Add(update);
            examples.Add(update, PricesUpdateCommand.Example);
            Add(prices, PricesCommand.Example);
        }

        void AddAlerts(Command alerts)
        {
            AddTo(alerts, AlertsAcknowledgeCommand.Create(host), AlertsAcknowledgeCommand.Example);
            AddTo(alerts, AlertsSendCommand.Create(host), AlertsSendCommand.Example);
            AddTo(alerts, AlertsTestCommand.Create(host), AlertsTestCommand.Example);
            Add(alerts, AlertsCommand.Example);
        }

        void AddBudgets(Command budgets)
        {
            AddTo(budgets, BudgetsOverrideCommand.Create(host), BudgetsOverrideCommand.Example);
            AddTo(budgets, BudgetsOverridesCommand.Create(host), BudgetsOverridesCommand.Example);
            AddTo(budgets, BudgetsWorkflowsCommand.Create(host), BudgetsWorkflowsCommand.Example);
            AddTo(budgets, BudgetsBacktestCommand.Create(host), BudgetsBacktestCommand.Example);
            Add(budgets, BudgetsCommand.Example);
        }

        void AddTo(Command group, Command command, string example)
        {
            group.Add(command);
            examples.Add(command, example);
        }

        void Add(Command command, string example)
        {
            root.Add(command);
            examples.Add(command, example);
        }
    }

    /// <summary>Binds a command to its work.</summary>
    public static Command Bind(this Command command, CliHost host, Func<CommandContext, Task<int>> work)
    {
        command.SetAction((parse, cancellation) => work(new CommandContext(parse, host, cancellation)));
        return command;
    }
}
