package vowcheck.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;

/// A real browser without a window, this machine's Chromium, and what it shows. Where a page is not as expected, a
/// picture of it is among the build's files.
final class Chromium implements AutoCloseable {

    /// What it does not find at the root of a host that is not ours, and nobody sees.
    private static final String ICON = "/favicon.ico";

    /// Warns of a protocol that nothing here uses.
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    private final Path pictures;
    private final ChromeDriver driver;

    /// @param pictures the folder for pictures of pages
    Chromium(Path pictures) {
        DEVTOOLS.setLevel(Level.SEVERE);
        this.pictures = pictures;
        var options = new ChromeOptions();
        options.addArguments("--headless=new", "--window-size=1400,1000", "--disable-dev-shm-usage");
        if (System.getProperty("user.name").equals("root")) {
            options.addArguments("--no-sandbox"); // which root cannot have
        }
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(onPath("chromedriver").toFile())
                        .build(),
                options);
    }

    /// Gives a host's pages the name and password that they ask for, as the user would in the browser's dialogue.
    ///
    /// @param page one of the pages
    void login(URI page, String user, String password) {
        driver.get(page.toString().replace("://", "://%s:%s@".formatted(user, password)));
    }

    /// Opens a page; returns when each of the texts is shown.
    void open(String url, String... texts) {
        driver.get("about:blank"); // a page that differs behind the # only would not be loaded anew
        driver.get(url);
        awaitTexts(texts);
    }

    /// Clicks what has exactly that text, once it is there; returns when each of the texts is shown.
    void click(String text, String... texts) {
        await().atMost(LocalSystem.PATIENCE).ignoreExceptions().until(() -> {
            driver.findElement(By.xpath("//*[normalize-space(text())='%s']".formatted(text)))
                    .click();
            return true;
        });
        awaitTexts(texts);
    }

    /// Waits until there are elements of that CSS selector which take up room, and returns how many.
    int awaitDrawn(String selector) {
        return await("drawn " + selector)
                .atMost(LocalSystem.PATIENCE)
                .ignoreExceptions()
                .until(
                        () -> (int) driver.findElements(By.cssSelector(selector)).stream()
                                .filter(WebElement::isDisplayed)
                                .filter(element -> element.getSize().getHeight() > 0)
                                .count(),
                        count -> count > 0);
    }

    /// What the page complained about since it was asked last: scripts that failed, calls that were refused.
    List<String> complaints() {
        return StreamSupport.stream(driver.manage().logs().get("browser").spliterator(), false)
                .filter(entry -> entry.getLevel().equals(Level.SEVERE))
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains(ICON))
                .toList();
    }

    /// Keeps a picture of what is shown.
    void picture(String name) {
        try {
            Files.createDirectories(pictures);
            Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaitTexts(String... texts) {
        for (var text : texts) {
            try {
                await("the text '" + text + "'")
                        .atMost(LocalSystem.PATIENCE)
                        .ignoreExceptions()
                        .until(() ->
                                driver.findElement(By.tagName("body")).getText().contains(text));
            } catch (RuntimeException e) {
                picture("missing");
                throw e;
            }
        }
    }

    private static Path onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no %s in PATH, expected a browser with its driver (Debian: chromium-driver)"
                                .formatted(program)));
    }
}
