using TokenLedger.Storage.Tests.Contracts;

namespace TokenLedger.Storage.Azure.Tests.Ledger;

public sealed class AzureLedgerStoreTests(AzuriteFixture azurite)
    : LedgerStoreContract(new AzureStorageUnderTest(azurite));

public sealed class AzureObservationTests(AzuriteFixture azurite)
    : ObservationContract(new AzureStorageUnderTest(azurite));

public sealed class AzureDayLedgerTests(AzuriteFixture azurite)
    : DayLedgerContract(new AzureStorageUnderTest(azurite));

public sealed class AzureLogArchiveTests(AzuriteFixture azurite)
    : LogArchiveContract(new AzureStorageUnderTest(azurite));

public sealed class AzureWorkQueueTests(AzuriteFixture azurite)
    : WorkQueueContract(new AzureStorageUnderTest(azurite));

public sealed class AzureDeliveryLogTests(AzuriteFixture azurite)
    : DeliveryLogContract(new AzureStorageUnderTest(azurite));

public sealed class AzureCheckpointsTests(AzuriteFixture azurite)
    : CheckpointsContract(new AzureStorageUnderTest(azurite));

public sealed class AzureRecordsTests(AzuriteFixture azurite)
    : RecordsContract(new AzureStorageUnderTest(azurite));

public sealed class AzureOutcomeArchiveTests(AzuriteFixture azurite)
    : OutcomeArchiveContract(new AzureStorageUnderTest(azurite));

public sealed class AzureAlertLogTests(AzuriteFixture azurite)
    : AlertLogContract(new AzureStorageUnderTest(azurite));

public sealed class AzureDayRevisionsTests(AzuriteFixture azurite)
    : DayRevisionsContract(new AzureStorageUnderTest(azurite));

public sealed class AzureDayWritersTests(AzuriteFixture azurite)
    : DayWritersContract(new AzureStorageUnderTest(azurite));

public sealed class AzureRunWritersTests(AzuriteFixture azurite)
    : RunWritersContract(new AzureStorageUnderTest(azurite));

public sealed class AzureChangedDaysTests(AzuriteFixture azurite)
    : ChangedDaysContract(new AzureStorageUnderTest(azurite));

public sealed class AzureUnseenUsageTests(AzuriteFixture azurite)
    : UnseenUsageContract(new AzureStorageUnderTest(azurite));
