package io.otfd.conformance;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** How a visitor works the controls. */
interface Hands {
    void press(Locator control);

    void type(Locator field, String text);

    void choose(Locator dropdown, String option);

    /** The part of the page is not what it was when it was loaded: loads it again where nothing is live. */
    default void look(Page page) {}

    record Mouse() implements Hands {
        @Override
        public void press(Locator control) {
            control.click();
        }

        @Override
        public void type(Locator field, String text) {
            field.fill(text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            dropdown.selectOption(option);
        }
    }

    /** Tab, Space, Enter and letters; nothing else. */
    record Keyboard(Page page) implements Hands {
        private static final int MAX_TABS = 80;

        private void reach(Locator control) {
            control.waitFor();
            for (int i = 0; i < MAX_TABS; i++) {
                if (Boolean.TRUE.equals(control.evaluate("element => element === document.activeElement"))) {
                    return;
                }
                page.keyboard().press("Tab");
            }
            throw new AssertionError("the Tab key does not reach " + control);
        }

        @Override
        public void press(Locator control) {
            if ("radio".equals(control.getAttribute("type"))) {
                // Tab enters a group at the checked one; arrows go on from there.
                Locator checked = page.locator("input[type=radio][name=" + control.getAttribute("name") + "]:checked");
                reach(checked);
                for (int i = 0; i < 4 && !control.isChecked(); i++) {
                    page.keyboard().press("ArrowDown");
                }
            } else {
                reach(control);
                page.keyboard().press("Enter");
            }
        }

        @Override
        public void type(Locator field, String text) {
            reach(field);
            page.keyboard().press("Control+A");
            page.keyboard().type(text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            reach(dropdown);
            page.keyboard().type(option);
        }
    }

    record MouseWithoutScripts(Hands mouse) implements Hands {
        @Override
        public void press(Locator control) {
            mouse.press(control);
        }

        @Override
        public void type(Locator field, String text) {
            mouse.type(field, text);
        }

        @Override
        public void choose(Locator dropdown, String option) {
            mouse.choose(dropdown, option);
        }

        @Override
        public void look(Page page) {
            page.navigate(page.url().replaceFirst("/tokens$", ""));
        }
    }
}
