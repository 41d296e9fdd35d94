using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Tests.Sqlite;

public sealed class SqliteObservationContractTests() : ObservationContract(new SqliteStorage());
